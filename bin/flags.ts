/** What the values of flags may be; commander prints the sentence beside the flag's name. */
import { InvalidArgumentError } from 'commander';

export const count = (value: string): number => {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 0)
    throw new InvalidArgumentError('write a whole number, 0 or more.');
  return number;
};

export const factor = (value: string): number => {
  const number = Number(value);
  if (!(number > 0 && number < Number.POSITIVE_INFINITY))
    throw new InvalidArgumentError('write a number above 0.');
  return number;
};

export const port = (value: string): number => {
  if (count(value) > 65_535) throw new InvalidArgumentError('a port is a number from 0 to 65535.');
  return count(value);
};

export const asn = (value: string): number => {
  if (count(value) > 4_294_967_295) throw new InvalidArgumentError('a network has a number of 32 bits.');
  return count(value);
};

export const country = (value: string): string => {
  if (!/^[A-Z]{2}$/.test(value)) throw new InvalidArgumentError('write two capital letters, such as DE.');
  return value;
};

export const day = (value: string): string => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value) || Number.isNaN(Date.parse(value))) {
    throw new InvalidArgumentError('write a day as yyyy-MM-dd.');
  }
  return value;
};
