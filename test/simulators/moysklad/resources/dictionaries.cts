import { fieldRefusal } from '../errors.cts';
import { address, settleAddress } from '../engine/documentKinds.cts';
import * as kinds from '../engine/kinds.cts';
import { reference } from '../engine/references.cts';
import { refuseWhenReferred } from '../engine/removing.cts';
import { asRef, type Field, type Resource, type Row } from '../engine/schema.cts';
import { toMinute } from '../moments.cts';
import {
	additional,
	archived,
	code,
	description,
	externalCode,
	kept,
	name,
	ownership,
	plainDictionary,
	readOnly,
	updated,
} from './common.cts';

/** Stores, currencies, units and other lists that goods and documents refer to. */

const text: Field = { kind: kinds.text() };
const ro = ['create', 'update', 'delete'] as const;
const predefined = (row: Row): boolean => row.predefined === true;

export const SALES_CHANNEL_TYPES = [
	'MESSENGER',
	'SOCIAL_NETWORK',
	'MARKETPLACE',
	'ECOMMERCE',
	'CLASSIFIED_ADS',
	'DIRECT_SALES',
	'RETAIL_SALES',
	'OTHER',
];

export const store: Resource = plainDictionary(
	'store',
	{
		archived,
		address: { kind: kinds.text(), sort: true },
		addressFull: { kind: address },
		parent: { kind: reference('store') },
		pathName: {
			kind: kinds.text(),
			readOnly: true,
			sort: true,
			reckon: (row, { account }) => String(account.find(asRef(row.parent))?.name ?? ''),
		},
		attributes: additional,
		...kept('zones', 'slots'),
	},
	{
		attributesOf: 'store',
		page: 'warehouse',
		prepare(draft, _before, { account }, given) {
			settleAddress(draft, 'address', given, (ref) => account.find(ref));
			if (
				account
					.table('store')
					.all()
					.some((other) => other.id !== draft.id && other.name === draft.name)
			)
				throw fieldRefusal(3006, 'name', 'name');
		},
		settled(row, before, { account }) {
			const gone = row ? before && row.archived !== before.archived : before;
			if (!gone) return;
			account.stock.touch(
				[...account.stock.all()].filter((line) => line.store === before?.id),
				account.now(),
			);
		},
		removable: refuseWhenReferred(
			['customerorder', 'store'],
			['demand', 'store'],
			['enter', 'store'],
			['salesreturn', 'store'],
			['store', 'parent'],
		),
	},
);

export const currency: Resource = {
	type: 'currency',
	metadataOf: 'currency',
	fields: {
		name,
		fullName: { kind: kinds.text(), sort: true },
		code: { ...code, required: true },
		isoCode: { ...text, required: true, sort: true },
		rate: { kind: kinds.number(), initial: () => 1 },
		multiplicity: { kind: kinds.number({ whole: true }), sort: true, initial: () => 1 },
		indirect: { kind: kinds.boolean, initial: () => false },
		rateUpdateType: { kind: kinds.choice('manual', 'auto'), initial: () => 'manual' },
		margin: { kind: kinds.number() },
		archived,
		default: { kind: kinds.boolean, readOnly: true, sort: true, initial: () => false },
		system: { kind: kinds.boolean, readOnly: true, initial: () => false },
		...kept('majorUnit', 'minorUnit'),
	},
	prepare(draft) {
		if ((draft.rate as number) <= 0) throw fieldRefusal(3003, 'rate', 'rate');
	},
	predefined: (row) => row.system === true,
};

export const uom: Resource = {
	type: 'uom',
	metadataOf: 'uom',
	fields: { updated, name, description, code, externalCode, ...ownership },
	predefined,
	removable: refuseWhenReferred(['product', 'uom']),
};

export const country: Resource = {
	type: 'country',
	metadataOf: 'country',
	fields: { updated, name, description, code, externalCode, ...ownership },
	predefined,
};

export const region: Resource = { type: 'region', without: ro, fields: { updated, name, code, externalCode } };

export const group: Resource = { type: 'group', without: ro, fields: { name, index: { kind: kinds.number() } } };

export const saleschannel: Resource = plainDictionary(
	'saleschannel',
	{ archived, type: { kind: kinds.choice(...SALES_CHANNEL_TYPES), required: true } },
	{ removable: refuseWhenReferred(['customerorder', 'salesChannel'], ['demand', 'salesChannel']) },
);

export const project: Resource = plainDictionary(
	'project',
	{ archived, attributes: additional },
	{ attributesOf: 'project', removable: refuseWhenReferred(['customerorder', 'project'], ['demand', 'project']) },
);

/** What money is spent on. */
export const expenseitem: Resource = plainDictionary(
	'expenseitem',
	{ archived },
	{ predefined, removable: refuseWhenReferred(['paymentout', 'expenseItem'], ['cashout', 'expenseItem']) },
);

export const contract: Resource = {
	type: 'contract',
	page: 'contract',
	attributesOf: 'contract',
	search: { fields: ['name'] },
	fields: {
		...ownership,
		updated,
		name: { ...name, required: false },
		description,
		code,
		externalCode,
		archived,
		moment: { kind: kinds.minute, sort: true, initial: ({ now }) => toMinute(now) },
		sum: { kind: kinds.number(), initial: () => 0 },
		contractType: { kind: kinds.choice('Sales', 'Commission'), initial: () => 'Sales' },
		ownAgent: { kind: reference('organization'), required: true },
		agent: { kind: reference('counterparty', 'organization'), required: true },
		attributes: additional,
		...kept('rate', 'rewardType', 'rewardPercent'),
	},
	prepare(draft, _before, { account }) {
		draft.name ??= account.nextNumber('contract');
	},
	removable: refuseWhenReferred(['customerorder', 'contract'], ['demand', 'contract']),
};

export const employee: Resource = {
	type: 'employee',
	page: 'employee',
	attributesOf: 'employee',
	search: { fields: ['name', 'email', 'phone'] },
	without: ['create', 'delete'],
	fields: {
		...ownership,
		updated,
		created: { kind: kinds.moment, readOnly: true },
		name: { ...name, readOnly: true },
		description,
		externalCode,
		archived,
		uid: { ...readOnly(text), sort: true },
		email: { kind: kinds.email, sort: true },
		phone: { ...text, sort: true },
		firstName: { ...text, sort: true },
		middleName: { ...text, sort: true },
		lastName: { ...text, sort: true },
		fullName: { ...readOnly(text), noFilter: true },
		shortFio: { ...readOnly(text), noFilter: true },
		position: { ...text, noFilter: true },
		attributes: additional,
		...kept('inn', 'salary', 'image'),
	},
};

/** An element of a custom dictionary; its address holds the dictionary's id. */
export const customentity: Resource = {
	type: 'customentity',
	search: { fields: ['name'] },
	attributesOf: 'customentity',
	fields: { ...ownership, updated, name, description, code, externalCode, attributes: additional },
};
