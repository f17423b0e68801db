import { defineConfig } from '../../core/config.ts';

/** For logs of fixed days, which are to be kept whenever a test runs. */
export default defineConfig({ retention: { eventMonths: 1200, countYears: 100 } });
