import { crud } from '../fields/crud.cts';
import { describeFields, YES_NO, type Field, type FieldTable } from '../fields/fieldTable.cts';
import { listRows } from '../fields/list.cts';
import { ok, type Method } from '../methods/method.cts';
import { RestError, zeroError } from '../wire/restError.cts';
import type {
	OrderPropertyRow,
	PersonTypeRow,
	PropertyGroupRow,
	StatusLangRow,
	StatusRow,
	TradePlatformRow,
} from './rows.cts';

const READ = ['getFields', 'get', 'list'] as const;
const ALL = [...READ, 'add', 'update', 'delete'] as const;
const SALE = { scope: 'sale', area: 'sale' } as const;

const ID: FieldTable = { id: { type: 'integer', readOnly: true } };
const text: Field = { type: 'string' };
const needed: Field = { type: 'string', required: 'add' };
const integer: Field = { type: 'integer' };
const yesNo: Field = { type: 'char', choices: YES_NO };

const PERSON_TYPE_FIELDS: FieldTable = {
	...ID,
	lid: text,
	name: needed,
	code: text,
	sort: text,
	active: yesNo,
	xmlId: text,
};

const STATUS_FIELDS: FieldTable = {
	id: { ...needed, immutable: true },
	type: { type: 'char', choices: ['O', 'D'], required: 'add' },
	sort: integer,
	notify: yesNo,
	color: text,
	xmlId: text,
};

const STATUS_LANG_FIELDS: FieldTable = { statusId: needed, lid: needed, name: needed, description: text };

const PROPERTY_FIELDS: FieldTable = {
	...ID,
	personTypeId: integer,
	propsGroupId: integer,
	name: text,
	type: text,
	code: text,
	active: yesNo,
	util: yesNo,
	userProps: yesNo,
	isFiltered: yesNo,
	sort: integer,
	description: text,
	required: yesNo,
	multiple: yesNo,
	xmlId: text,
	defaultValue: text,
	settings: { type: 'list' },
	isProfileName: yesNo,
	isPayer: yesNo,
	isEmail: yesNo,
	isPhone: yesNo,
	isZip: yesNo,
	isAddress: yesNo,
	isLocation: yesNo,
};

const GROUP_FIELDS: FieldTable = { ...ID, name: text, personTypeId: integer, sort: integer };

const PLATFORM_FIELDS: FieldTable = {
	...ID,
	code: text,
	active: yesNo,
	name: text,
	description: text,
	settings: text,
	class: text,
	xmlId: text,
};

const DOMAIN_FIELDS: FieldTable = { personTypeId: integer, domain: { type: 'char' } };

/** Payer types, statuses, order properties, trade platforms. */
export const saleBookMethods: Method[] = [
	...crud<PersonTypeRow>({
		...SALE,
		prefix: 'sale.persontype',
		one: 'personType',
		many: 'personTypes',
		operations: READ,
		fields: PERSON_TYPE_FIELDS,
		table: ({ store }) => store.personTypes,
		notFound: () => zeroError('person type is not exists'),
	}),
	{
		name: 'sale.businessValuePersonDomain.getFields',
		scope: 'sale',
		right: 'any',
		run: () => ok({ businessValuePersonDomain: describeFields(DOMAIN_FIELDS) }),
	},
	{
		name: 'sale.businessValuePersonDomain.list',
		scope: 'sale',
		right: 'sale.read',
		run: ({ portal, params }) =>
			listRows(
				{
					key: 'businessValuePersonDomains',
					table: portal.store.personTypes,
					fields: DOMAIN_FIELDS,
					dialect: 'orm',
					value: (row, name) => (name === 'personTypeId' ? row.id : row.domain),
					show: ({ id, domain }) => ({ personTypeId: id, domain }),
				},
				params,
			),
	},
	...crud<StatusRow>({
		...SALE,
		prefix: 'sale.status',
		one: 'status',
		many: 'statuses',
		operations: ALL,
		fields: STATUS_FIELDS,
		table: ({ store }) => store.statuses,
		notFound: () => new RestError(201340400001, 'status is not exists'),
		defaults: () => ({ sort: 100, notify: 'Y', color: '', xmlId: '' }),
		check: ({ portal }, values, current) => {
			if (!current && portal.store.statuses.get(String(values.id))) throw zeroError('A status with this id already exists');
		},
	}),
	...crud<StatusLangRow>({
		...SALE,
		prefix: 'sale.statusLang',
		one: 'statusLang',
		many: 'statusLangs',
		operations: ['getFields', 'list', 'add'],
		fields: STATUS_LANG_FIELDS,
		table: ({ store }) => store.statusLangs,
		notFound: () => zeroError('status language is not exists'),
		check: ({ portal }, { statusId }) => {
			if (!portal.store.statuses.get(String(statusId))) throw zeroError('status is not exists');
		},
	}),
	{
		name: 'sale.statusLang.getListLangs',
		scope: 'sale',
		right: 'sale.read',
		run: () =>
			ok({
				langs: [
					{ active: 'Y', lid: 'ru', name: 'Russian' },
					{ active: 'Y', lid: 'en', name: 'English' },
				],
			}),
	},
	...crud<OrderPropertyRow>({
		...SALE,
		prefix: 'sale.property',
		one: 'property',
		many: 'properties',
		operations: READ,
		fields: PROPERTY_FIELDS,
		table: ({ store }) => store.orderProperties,
		notFound: () => zeroError('property is not exists'),
	}),
	...crud<PropertyGroupRow>({
		...SALE,
		prefix: 'sale.propertygroup',
		one: 'propertyGroup',
		many: 'propertyGroups',
		operations: READ,
		fields: GROUP_FIELDS,
		table: ({ store }) => store.propertyGroups,
		notFound: () => zeroError('property group is not exists'),
	}),
	...crud<TradePlatformRow>({
		...SALE,
		prefix: 'sale.tradePlatform',
		one: 'tradePlatform',
		many: 'tradePlatforms',
		operations: READ,
		fields: PLATFORM_FIELDS,
		table: ({ store }) => store.tradePlatforms,
		notFound: () => zeroError('trade platform is not exists'),
	}),
];
