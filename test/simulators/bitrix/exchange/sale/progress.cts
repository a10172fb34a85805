/** What a session of orders remembers. */
export interface SaleProgress {
	zip: boolean;
	zipFile: string | null;
	/** As `init` got it; empty when it got none. */
	version: string;
	cmlVersion: number;
	/** The last order that a query of this session gave out. */
	lastOutput: { dateUpdate: number; id: number } | null;
	/** Documents of the file that are imported already. */
	position: number;
}

export const freshSaleProgress = (zip: boolean, version = '', cmlVersion = 0): SaleProgress => ({
	zip,
	zipFile: null,
	version,
	cmlVersion,
	lastOutput: null,
	position: 0,
});
