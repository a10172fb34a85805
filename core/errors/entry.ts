/** What kind of trouble an error is; users route failed items by it. */
export type ErrorKind = 'connection' | 'auth' | 'limit' | 'data' | 'conflict' | 'missing' | 'server' | 'configuration';

/** One row of the catalogue. Words in braces are filled from the error's details. */
export interface CatalogueEntry {
	kind: ErrorKind;
	/** Whether the same call can succeed later without anybody changing anything. */
	retryable: boolean;
	/** What happened. */
	message: string;
	/** What to do about it. */
	advice: string;
}
