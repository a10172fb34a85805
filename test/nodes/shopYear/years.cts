import { ExchangeFlows } from './exchangeFlows.cts';
import { RestFlows } from './restFlows.cts';
import { aYear, yearOptions, type YearEnd } from './shopYear.cts';
import type { YearOptions } from './year.cts';

/** Each connection with the year that it can have. */
const YEARS = {
	rest: { flows: RestFlows, options: { editsPositions: true } },
	exchange: { flows: ExchangeFlows, options: { editsPositions: false } },
};

export type ConnectionName = keyof typeof YEARS;

export const yearOver = async (connection: ConnectionName, more: Partial<YearOptions> = {}): Promise<YearEnd> =>
	await aYear(connection, YEARS[connection].flows, yearOptions(connection, { ...YEARS[connection].options, ...more }));
