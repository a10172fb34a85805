import { propertyKeys } from '../catalog/rows.cts';
import type * as catalog from '../catalog/rows.cts';
import type * as crm from '../crm/rows.cts';
import type * as sale from '../sale/rows.cts';
import { Files } from './files.cts';
import { Table } from './table.cts';

export interface Currency {
	code: string;
	/** Roubles for one unit. */
	rate: number;
}

/** Everything the portal keeps. Ids begin at different numbers, so that one kind is not mistaken for another. */
export class Store {
	readonly currencies: Currency[] = [
		{ code: 'RUB', rate: 1 },
		{ code: 'USD', rate: 90 },
		{ code: 'EUR', rate: 98.5 },
	];
	readonly sites = ['s1', 's2'] as const;
	readonly files = new Files();

	readonly iblocks = new Table<catalog.IblockRow>(10);
	readonly sections = new Table<catalog.SectionRow>(41, ['iblockId', 'xmlId', 'iblockSectionId']);
	readonly elements = new Table<catalog.ElementRow>(1201, ['xmlId', 'code', 'parent', 'properties'], { properties: propertyKeys });
	readonly properties = new Table<catalog.PropertyRow>(96, ['iblockId']);
	readonly enums = new Table<catalog.EnumRow>(9601, ['propertyId']);
	readonly propertySections = new Table<catalog.PropertySectionRow>(1, ['propertyId']);
	readonly priceTypes = new Table<catalog.PriceTypeRow>(1);
	readonly priceTypeLangs = new Table<catalog.PriceTypeLangRow>(1);
	readonly prices = new Table<catalog.PriceRow>(501, ['productId']);
	readonly measures = new Table<catalog.MeasureRow>(1);
	readonly vats = new Table<catalog.VatRow>(1);
	readonly ratios = new Table<catalog.RatioRow>(301, ['productId']);
	readonly stores = new Table<catalog.StoreRow>(1);
	readonly storeProducts = new Table<catalog.StoreProductRow>(701, ['productId']);
	readonly documents = new Table<catalog.DocumentRow>(61);
	readonly documentElements = new Table<catalog.DocumentElementRow>(141, ['docId']);

	readonly orders = new Table<sale.OrderRow>(235);
	readonly basket = new Table<sale.BasketRow>(2551, ['orderId']);
	readonly basketProperties = new Table<sale.BasketPropertyRow>(1391, ['basketId']);
	readonly reservations = new Table<sale.ReservationRow>(391, ['basketId']);
	readonly payments = new Table<sale.PaymentRow>(1231, ['orderId']);
	readonly shipments = new Table<sale.ShipmentRow>(3381, ['orderId']);
	readonly shipmentItems = new Table<sale.ShipmentItemRow>(3201, ['orderDeliveryId', 'basketId']);
	readonly orderProperties = new Table<sale.OrderPropertyRow>(20, ['personTypeId']);
	readonly propertyGroups = new Table<sale.PropertyGroupRow>(1);
	readonly orderPropertyValues = new Table<sale.OrderPropertyValueRow>(15141, ['orderId']);
	readonly personTypes = new Table<sale.PersonTypeRow>(3);
	readonly statuses = new Table<sale.StatusRow>();
	readonly statusLangs = new Table<sale.StatusLangRow>(1, ['statusId']);
	readonly paySystems = new Table<sale.PaySystemRow>(1);
	readonly deliveries = new Table<sale.DeliveryRow>(1);
	readonly tradePlatforms = new Table<sale.TradePlatformRow>(1);

	readonly leads = new Table<crm.CrmRow>(4001, ['originId']);
	readonly deals = new Table<crm.CrmRow>(5001, ['originId']);
	readonly contacts = new Table<crm.CrmRow>(2101, ['originId']);
	readonly companies = new Table<crm.CrmRow>(3101, ['originId']);
	readonly smartInvoices = new Table<crm.CrmRow>(801, ['xmlId']);
	readonly multifields = new Table<crm.MultifieldRow>(11001, ['owner', 'communication']);
	readonly contactBindings = new Table<crm.ContactBindingRow>(1, ['owner', 'contactId']);
	readonly companyBindings = new Table<crm.CompanyBindingRow>(1, ['contactId', 'companyId']);
	readonly productRows = new Table<crm.ProductRowRow>(17001, ['owner']);
	readonly crmStatuses = new Table<crm.CrmStatusRow>(101, ['entityId']);
	readonly crmCategories = new Table<crm.CrmCategoryRow>(1);
	readonly presets = new Table<crm.PresetRow>(1);
	readonly requisites = new Table<crm.RequisiteRow>(27, ['ENTITY_ID', 'RQ_INN']);
	readonly bankDetails = new Table<crm.BankDetailRow>(357, ['ENTITY_ID']);
	readonly addresses = new Table<crm.AddressRow>(1, ['owner', 'ENTITY_ID']);
	readonly requisiteLinks = new Table<crm.RequisiteLinkRow>(1, ['owner']);
	readonly timelineComments = new Table<crm.TimelineCommentRow>(999, ['owner']);
	readonly orderEntities = new Table<crm.OrderEntityRow>(1, ['orderId', 'ownerId']);
	readonly chats = new Table<crm.ChatRow>(13);
	readonly chatMessages = new Table<crm.ChatMessageRow>(84001, ['dialog']);
	readonly userFields = new Table<crm.UserFieldRow>(331, ['entityId']);

	private lastValueId = 9700;

	/** Ids of property values are counted over all properties. */
	nextValueId(): number {
		this.lastValueId += 1;
		return this.lastValueId;
	}

	hasCurrency(code: unknown): boolean {
		return this.currencies.some((currency) => currency.code === code);
	}
}
