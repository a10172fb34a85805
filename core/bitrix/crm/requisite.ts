import { textOf } from '../property';
import { answeredId } from '../answeredId';

/** Owners of requisites, as Bitrix numbers them. */
export const CRM_TYPES = { deal: 2, contact: 3, company: 4, requisite: 8, invoice: 31 } as const;

/** A template of requisites: which fields an organization or an entrepreneur of a country has. */
export interface RequisitePreset {
	id: number;
	name: string;
	xmlId: string | null;
}

/** Requisites of a company or contact. */
export interface Requisite {
	id: number;
	ownerType: number;
	ownerId: number;
	presetId: number | null;
	xmlId: string | null;
	/** All of `RQ_…` and `NAME` that are filled. */
	fields: Record<string, string>;
}

/** A bank account of a company or contact; it hangs at the requisites, not at their owner. */
export interface BankDetail {
	id: number;
	requisiteId: number;
	xmlId: string | null;
	/** All of `RQ_…` and `NAME` that are filled. */
	fields: Record<string, string>;
}

/** An address of requisites; of each kind there is one at most. */
export interface CrmAddress {
	requisiteId: number;
	kind: number;
	fields: Record<string, string>;
}

/** Kinds of addresses, as Bitrix numbers them. */
export const ADDRESS_KINDS = { actual: 1, legal: 6 } as const;

type Row = Record<string, unknown>;

/** A row of `crm.requisite.preset.list`. Throws ANSWER_UNEXPECTED when it has no id. */
export const readPreset = (row: Row): RequisitePreset => ({
	id: answeredId(row, 'crm.requisite.preset.list', 'ID'),
	name: textOf(row.NAME) ?? '',
	xmlId: textOf(row.XML_ID),
});

/** A row of `crm.requisite.list`. Throws ANSWER_UNEXPECTED when it has no id. */
export const readRequisite = (row: Row): Requisite => ({
	id: answeredId(row, 'crm.requisite.list', 'ID'),
	ownerType: Number(row.ENTITY_TYPE_ID),
	ownerId: Number(row.ENTITY_ID),
	presetId: Number(row.PRESET_ID) || null,
	xmlId: textOf(row.XML_ID),
	fields: filled(row, (name) => name.startsWith('RQ_') || name === 'NAME'),
});

/** A row of `crm.requisite.bankdetail.list`. Throws ANSWER_UNEXPECTED when it has no id. */
export const readBankDetail = (row: Row): BankDetail => ({
	id: answeredId(row, 'crm.requisite.bankdetail.list', 'ID'),
	requisiteId: Number(row.ENTITY_ID),
	xmlId: textOf(row.XML_ID),
	fields: filled(row, (name) => name.startsWith('RQ_') || name === 'NAME'),
});

const ADDRESS_FIELDS = ['ADDRESS_1', 'ADDRESS_2', 'CITY', 'POSTAL_CODE', 'REGION', 'PROVINCE', 'COUNTRY'];

/** A row of `crm.address.list`. Addresses have no ids: requisites and kind tell them apart. */
export const readCrmAddress = (row: Row): CrmAddress => ({
	requisiteId: Number(row.ENTITY_ID),
	kind: Number(row.TYPE_ID),
	fields: filled(row, (name) => ADDRESS_FIELDS.includes(name)),
});

const filled = (row: Row, isWanted: (name: string) => boolean): Record<string, string> =>
	Object.fromEntries(
		Object.entries(row).flatMap(([name, value]) => {
			const text = isWanted(name) ? (textOf(value)?.trim() ?? '') : '';
			return text === '' ? [] : [[name, text]];
		}),
	);
