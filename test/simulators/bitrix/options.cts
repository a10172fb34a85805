import { exchangeSettings, type ExchangeOptions, type ExchangeSettings } from './exchange/settings.cts';

/** Where REST runs: Bitrix24 in the cloud or on a server of one's own, or a plain site «Управление сайтом». */
export type Edition = 'cloud' | 'box' | 'site';

export interface OperatingOptions {
	/** Seconds in ten minutes that one app or webhook may spend in one method. */
	limit?: number;
	/** Seconds that a call costs. The first regular expression (without regard to case) that matches the method's name. */
	costs?: Array<{ method: string; seconds: number }>;
	defaultCost?: number;
	/** Whom a batch's commands are billed to: each to its own method (the documentation), or all to `batch` (as was measured once). */
	batch?: 'methods' | 'batch';
}

export interface CatalogOptions {
	name: string;
	/** Whether two items may not have the same symbolic code. Default true. */
	uniqueCodes?: boolean;
}

export interface BitrixOptions {
	port?: number;
	/** Default 1. */
	seed?: number;
	/** Default `cloud`. */
	edition?: Edition;
	/** The rate limit of the cloud: requests at once, and how many drain in a second. Enterprise: 250 and 5. */
	plan?: { bucket: number; drain: number };
	/** Inventory management. Default `N`. */
	inventory?: 'Y' | 'N';
	/** Orders that are there at the start. */
	orders?: number;
	/** Deals that are there at the start, with their contacts, companies and lines. A plain site has none. */
	deals?: number;
	/** More pairs of catalogs (goods with offers) beside the shop's own and the decoy. */
	catalogs?: CatalogOptions[];
	/** The cloud counts operating time; a box only when this is given (420 seconds then). */
	operating?: OperatingOptions;
	/** How long every answer takes. */
	latencyMilliseconds?: number;
	/** How long each command of a batch takes on top. */
	commandCostMilliseconds?: number;
	/** Speak HTTPS with a certificate of its own. */
	https?: boolean;
	/** Refuse plain HTTP as a portal does that does not define `REST_APAUTH_ALLOW_HTTP`. */
	requireHttps?: boolean;
	/** Whether the edition has price ranges (`quantityFrom`, `quantityTo`). Default false. */
	priceRanges?: boolean;
	/** A box with «Показывать вкладку торгового каталога»: price, unit, quantity and weight of SKU parents can be written. */
	editableSkuParents?: boolean;
	/** The exchange with 1C (`1c_exchange.php`). A cloud has none. */
	exchange?: ExchangeOptions;
	/** A page for people who look at the demo, at `/demo`. Default: none, since a portal has none there. */
	demoPage?: boolean;
}

export type FullOptions = Required<Omit<BitrixOptions, 'operating' | 'exchange'>> & {
	operating: Required<OperatingOptions> | undefined;
	exchange: ExchangeSettings;
};

const OPERATING_LIMIT: Record<Edition, number> = { cloud: 480, box: 420, site: 420 };

export function fullOptions(options: BitrixOptions): FullOptions {
	const edition = options.edition ?? 'cloud';
	return {
		port: 0,
		seed: 1,
		inventory: 'N',
		orders: 0,
		deals: 0,
		catalogs: [],
		latencyMilliseconds: 0,
		commandCostMilliseconds: 0,
		https: false,
		requireHttps: false,
		priceRanges: false,
		editableSkuParents: false,
		demoPage: false,
		...options,
		edition,
		plan: options.plan ?? { bucket: 50, drain: 2 },
		operating: operatingOptions(edition, options.operating),
		exchange: exchangeSettings(options.seed ?? 1, options.exchange),
	};
}

function operatingOptions(edition: Edition, options: OperatingOptions | undefined): Required<OperatingOptions> | undefined {
	if (edition === 'site' || (edition === 'box' && !options)) return undefined;
	return { limit: OPERATING_LIMIT[edition], costs: [], defaultCost: 0.05, batch: 'methods', ...options };
}
