import { stableUuid } from '../../kernel/random.cts';

/**
 * How the site of the exchange is set up. What Bitrix keeps as a module's option is named in brackets. All of it can be
 * changed while the simulator runs (`PUT exchange/settings`).
 */
export interface ExchangeSettings {
	/** Of an administrator who may exchange goods and orders. */
	login: string;
	password: string;
	/** Whether `init` asks for one zip of all files [catalog, sale/1C_USE_ZIP]. */
	zip: boolean;
	/** Bytes of one upload, as `init` tells them [1C_FILE_SIZE_LIMIT]. Nothing refuses more, but for `maxBody`. */
	fileLimit: number;
	/** Bytes above which the web server refuses an upload with 413; null = never. */
	maxBody: number | null;
	/** What answers are written in; custom sites answer in UTF-8. */
	charset: 'windows-1251' | 'utf-8';
	/** How much `checkauth` of the catalog tells: old kernels lack the last one or two lines. */
	checkauthLines: 3 | 4 | 5;
	/** What a wrong login gets: the word, or the site's HTML login page with this status. */
	badLogin: 'failure' | 200 | 401 | 403;
	/** Whether the web server hands the Authorization header on to PHP. */
	passesAuthorization: boolean;
	/** Seconds without a call after which a session is forgotten. */
	sessionSeconds: number;
	/** Whether a session belongs to one address, or to its /16 network. */
	sessionAddress: 'any' | 'network' | 'exact';
	/** A request without a valid sessid is refused [catalog/DEFAULT_SKIP_SOURCE_CHECK = N, sale/secure_1c_exchange = Y]. */
	catalogSourceCheck: boolean;
	saleSourceCheck: boolean;
	/** Groups that may exchange [catalog/1C_GROUP_PERMISSIONS, sale/1C_SALE_GROUP_PERMISSIONS]. */
	catalogGroups: number[];
	saleGroups: number[];
	/** Modules that are installed. */
	modules: string[];
	/** Rotation of session ids is on [main/use_session_id_ttl]. */
	sessionRotation: boolean;
	/** Seconds by which the clock of the database differs. */
	clockDrift: number;
	licenceExpired: boolean;

	/** Elements that one step handles: what stands for the seconds of 1C_INTERVAL. */
	stepRows: number;
	/** How long each step of an import takes. */
	stepMilliseconds: number;
	/** Variants have an information block of their own [catalog/1C_USE_OFFERS]. */
	useOffers: boolean;
	/** Also ids without `#` become offers [catalog/1C_FORCE_OFFERS]. */
	forceOffers: boolean;
	/** Elements that did not change are left out [catalog/1C_USE_CRC]. */
	useCrc: boolean;
	/** What happens in full mode to what is not in the file: deleted, deactivated, nothing. */
	elementAction: 'D' | 'A' | 'N';
	sectionAction: 'D' | 'A' | 'N';
	/** XML_IDs of blocks begin with the type of the block [catalog/1C_USE_IBLOCK_TYPE_ID]. */
	useIblockTypeId: boolean;
	/** The first picture becomes the preview, too [catalog/1C_GENERATE_PREVIEW]. */
	generatePreview: boolean;
	/** Symbolic codes follow a changed name [catalog/1C_TRANSLIT_ON_UPDATE]. */
	translitOnUpdate: boolean;
	/** Editions with one price type, with one store. */
	singlePriceType: boolean;
	singleStore: boolean;
	/** Elements that a handler on the site refuses: the reason by XML_ID. */
	refusedElements: Record<string, string>;

	/** Whether `init` of an exchange of orders knows versions; old kernels pass over what it asks for. */
	orderVersions: boolean;
	/** Orders of one page of a query with a version, and documents of one step of an import. */
	orderRows: number;
	/** [sale/1C_IMPORT_NEW_ORDERS, 1C_CHANGE_STATUS_FROM_1C, 1C_FINAL_STATUS_ON_DELIVERY] */
	importNewOrders: boolean;
	/** Null = never saved: off on the classic path, on where payments and shipments are documents of their own. */
	changeStatus: boolean | null;
	finalStatusOnDelivery: string;
	/** Filters of the export [sale/1C_EXPORT_PAYED_ORDERS, 1C_EXPORT_ALLOW_DELIVERY_ORDERS, 1C_EXPORT_FINAL_ORDERS, sites]. */
	exportPaidOnly: boolean;
	exportAllowedOnly: boolean;
	exportFromStatus: string;
	exportSites: string[];
	/** Goes before order numbers [sale/1C_SALE_ACCOUNT_NUMBER_SHOP_PREFIX]. */
	numberPrefix: string;
	/** What currencies are called in the export, e.g. RUB: `руб`. */
	currencyNames: Record<string, string>;
	/** What the paths of import other than the classic one look at [catalog/enable_reservation, sale/allow_deduction_on_delivery, main/~sale_converted_15]. */
	enableReservation: boolean;
	deductOnDelivery: boolean;
	saleConverted: boolean;
}

export type ExchangeOptions = Partial<ExchangeSettings>;

export function exchangeSettings(seed: number, options: ExchangeOptions = {}): ExchangeSettings {
	return {
		login: 'exchange1c',
		password: stableUuid('exchange', seed).slice(0, 13),
		zip: true,
		fileLimit: 204_800,
		maxBody: null,
		charset: 'windows-1251',
		checkauthLines: 5,
		badLogin: 'failure',
		passesAuthorization: true,
		sessionSeconds: 1440,
		sessionAddress: 'any',
		catalogSourceCheck: false,
		saleSourceCheck: false,
		catalogGroups: [1],
		saleGroups: [1],
		modules: ['iblock', 'catalog', 'sale'],
		sessionRotation: false,
		clockDrift: 0,
		licenceExpired: false,
		stepRows: 100,
		stepMilliseconds: 0,
		useOffers: false,
		forceOffers: false,
		useCrc: true,
		elementAction: 'D',
		sectionAction: 'D',
		useIblockTypeId: false,
		generatePreview: true,
		translitOnUpdate: true,
		singlePriceType: false,
		singleStore: false,
		refusedElements: {},
		orderVersions: true,
		orderRows: 20,
		importNewOrders: false,
		changeStatus: null,
		finalStatusOnDelivery: 'F',
		exportPaidOnly: false,
		exportAllowedOnly: false,
		exportFromStatus: '',
		exportSites: [],
		numberPrefix: '',
		currencyNames: {},
		enableReservation: true,
		deductOnDelivery: false,
		saleConverted: true,
		...options,
	};
}
