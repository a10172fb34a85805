/** Told of each order what became of it on its way, with the codes of its error and warnings. */
export type Report = (id: string, way: 'to MoySklad' | 'to the store', status: string, codes: string[]) => void;

/** The two ways of orders between a store and MoySklad. Each throws what a node throws; then it is begun again. */
export interface Flows {
	/** Takes everything that has changed in the store; ids of the orders that were written. */
	toMoySklad(report: Report): Promise<string[]>;
	/** Tells the store of these orders; ids of those that have to be told again. */
	toStore(ids: readonly string[], report: Report): Promise<string[]>;
	/** Takes orders out of the books that are gone from the store. */
	settleDeleted(ids: readonly string[]): Promise<void>;
	close(): Promise<void>;
}

interface Told {
	error?: unknown;
	warnings?: unknown;
}

/** The codes of what a result complains of. */
export const codesOf = ({ error, warnings }: Told): string[] => [error ?? [], warnings ?? []].flat().map((one) => (one as { code: string }).code);

export const isRetryable = ({ error }: Told): boolean => (error as { retryable?: boolean } | undefined)?.retryable === true;
