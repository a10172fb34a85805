import type { CmlGood, CmlGroup, CmlOffer, CmlPriceType, CmlProperty, CmlStore, CmlUnit } from './model';
import type { XmlElement } from './xml/element';

/** What a file says of itself. */
export interface CmlHead {
	/** Version of the schema; null when it is not said. */
	schema: string | null;
	/** When it was made, as it says it. */
	formed: string | null;
}

/** What a list of groups and properties says of itself. */
export interface CmlClassifierHead {
	id: string;
	name: string | null;
	owner: CmlOwner | null;
}

/** Whose goods they are. */
export interface CmlOwner {
	id: string;
	name: string | null;
}

/** What a list of goods or of offers says of itself. */
export interface CmlListHead {
	id: string;
	name: string | null;
	classifierId: string | null;
	owner: CmlOwner | null;
	/** Of offers: the list of their goods. */
	catalogId: string | null;
	/** False: the store deletes what the list does not have. */
	changesOnly: boolean;
}

/**
 * What is read from a file, in its order. A head comes before what belongs to it. Order documents, containers of them and
 * counterparties come as they stand.
 */
export type CmlRecord =
	| { kind: 'head'; head: CmlHead }
	| { kind: 'classifier'; classifier: CmlClassifierHead }
	| { kind: 'group'; group: CmlGroup }
	| { kind: 'property'; property: CmlProperty }
	| { kind: 'unit'; unit: CmlUnit }
	| { kind: 'priceType'; priceType: CmlPriceType }
	| { kind: 'store'; store: CmlStore }
	| { kind: 'catalog'; list: CmlListHead }
	| { kind: 'package'; list: CmlListHead }
	| { kind: 'good'; good: CmlGood }
	| { kind: 'offer'; offer: CmlOffer }
	| { kind: 'document'; element: XmlElement }
	| { kind: 'container'; element: XmlElement }
	| { kind: 'counterparty'; element: XmlElement };
