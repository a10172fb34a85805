import type { FieldTable } from '../fields/fieldTable.cts';
import { listRows, selectRows, type ListSource } from '../fields/list.cts';
import type { Method, MethodCall } from '../methods/method.cts';
import { formatMoment } from '../wire/dates.cts';
import type { MethodResult } from '../wire/envelope.cts';
import { asInteger, type Params } from '../wire/params.cts';
import { RestError } from '../wire/restError.cts';
import { deniedLegacy, legacyParams } from './calls.cts';
import { ENTITY_TYPE, type CrmCategoryRow, type CrmStatusRow } from './rows.cts';

const STATUS_FIELDS: FieldTable = {
	ID: { type: 'integer' },
	ENTITY_ID: { type: 'string' },
	STATUS_ID: { type: 'string' },
	NAME: { type: 'string' },
	NAME_INIT: { type: 'string' },
	SORT: { type: 'integer' },
	SYSTEM: { type: 'char' },
	CATEGORY_ID: { type: 'integer' },
	COLOR: { type: 'string' },
	SEMANTICS: { type: 'string' },
};

/** What CRM's objects refer to: stages and other statuses, pipelines, currencies. */
export const crmBookMethods: Method[] = [
	{ name: 'crm.status.list', scope: 'crm', right: 'crm.read', denied: deniedLegacy, run: listStatuses },
	{
		name: 'crm.category.list',
		scope: 'crm',
		right: 'crm.read',
		denied: deniedLegacy,
		parameters: { entityTypeId: 'integer' },
		run: listCategories,
	},
	{
		name: 'crm.currency.list',
		scope: 'crm',
		right: 'crm.read',
		denied: deniedLegacy,
		run: ({ portal }) => ({
			result: portal.store.currencies.map(({ code, rate }, index) => showCurrency(code, rate, index, portal.now())),
			// It is always zero.
			total: 0,
		}),
	},
];

/** All entries of the filter at once: a book is never so long that it has a second page. */
function listStatuses({ portal, params }: MethodCall): MethodResult {
	const source: ListSource<CrmStatusRow> = {
		table: portal.store.crmStatuses,
		fields: STATUS_FIELDS,
		dialect: 'orm',
		indexes: { ID: 'id', ENTITY_ID: 'entityId' },
		value: (row, name) => showStatus(row)[name],
	};
	const { filter, order } = legacyParams(params);
	const rows = selectRows(source, { filter, order });
	return { result: rows.map(showStatus), total: rows.length };
}

function showStatus(row: CrmStatusRow): Params {
	return {
		ID: String(row.id),
		ENTITY_ID: row.entityId,
		STATUS_ID: row.statusId,
		NAME: row.name,
		NAME_INIT: row.nameInit,
		SORT: String(row.sort),
		SYSTEM: row.system,
		CATEGORY_ID: row.categoryId === null ? null : String(row.categoryId),
		COLOR: row.color,
		SEMANTICS: row.semantics,
		...(isStage(row) && { EXTRA: { SEMANTICS: extraSemantics(row), COLOR: row.color } }),
	};
}

const isStage = ({ entityId }: CrmStatusRow): boolean => /STAGE|^STATUS$/.test(entityId);

const extraSemantics = ({ semantics, statusId }: CrmStatusRow): string => {
	if (semantics === 'S') return 'success';
	if (semantics !== 'F') return 'process';
	return /(^|:)APOLOGY$/.test(statusId) ? 'apology' : 'failure';
};

const CATEGORY_FIELDS: FieldTable = {
	id: { type: 'integer' },
	name: { type: 'string' },
	sort: { type: 'integer' },
	entityTypeId: { type: 'integer' },
	isDefault: { type: 'char' },
};

function listCategories({ portal, params }: MethodCall): MethodResult {
	const entityTypeId = asInteger(params.entityTypeId);
	const kinds: number[] = Object.values(ENTITY_TYPE);
	if (!kinds.includes(entityTypeId)) throw new RestError('NOT_FOUND', 'Смарт-процесс не найден');
	const { deal, contact, company, smartInvoice } = ENTITY_TYPE;
	if (![deal, contact, company, smartInvoice].some((type) => type === entityTypeId)) {
		throw new RestError('ENTITY_TYPE_NOT_SUPPORTED', `Entity type ${entityTypeId} is not supported`);
	}
	const source: ListSource<CrmCategoryRow> = {
		key: 'categories',
		table: portal.store.crmCategories,
		fields: CATEGORY_FIELDS,
		dialect: 'orm',
		belongs: (row) => row.entityTypeId === entityTypeId,
	};
	return listRows(source, { order: { sort: 'ASC' } });
}

function showCurrency(code: string, rate: number, index: number, now: number): Params {
	return {
		CURRENCY: code,
		AMOUNT_CNT: '1',
		AMOUNT: rate.toFixed(4),
		SORT: String((index + 1) * 100),
		BASE: index === 0 ? 'Y' : 'N',
		FULL_NAME: code,
		LID: 'ru',
		FORMAT_STRING: `# ${code}`,
		DEC_POINT: '.',
		THOUSANDS_SEP: '&nbsp;',
		DECIMALS: '2',
		DATE_UPDATE: formatMoment(now),
	};
}
