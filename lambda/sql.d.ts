/** esbuild and the tests load SQL files as text. */
declare module '*.sql' {
  const text: string;
  export default text;
}
