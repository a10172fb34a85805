/** What a file's price type says of its prices. */
export interface FilePriceType {
	/** The site's price type. */
	id: number;
	currency: string;
	/** The name of the tax that prices of the type contain, or do not. */
	taxName: string;
	taxIncluded: boolean;
}

/** What a file turned out to be, and where its elements go. */
export interface Package {
	kind: 'goods' | 'offers';
	iblockId: number;
	/** The block of the products, where offers lie in a block of their own. */
	productIblockId: number | null;
	changesOnly: boolean;
	/** Rows of the temporary table: groups of the classifier, and the lists of goods or offers. */
	groupRows: readonly number[];
	elementRows: readonly number[];
	/** By external code. Null when the file names no price types: then those of the site count. */
	priceTypes: Readonly<Record<string, FilePriceType>> | null;
	/** One more decimal mark. */
	decimalMark: string;
	/** What the file mentioned: all else of the block goes in full mode. */
	seenSections: Set<number>;
	seenElements: Set<number>;
}

/** How far an import is; kept in the session. */
export interface CatalogProgress {
	/** An archive is expected: the next import unpacks the file that came last. */
	zip: boolean;
	zipFile: string | null;
	/** Index of the step that the next call does. */
	step: number;
	/** Which of the file's elements (or, when cleaning up, of the block's) come next. */
	position: number;
	package: Package | null;
}

export const freshProgress = (zip: boolean): CatalogProgress => ({
	zip,
	zipFile: null,
	step: 0,
	position: 0,
	package: null,
});
