import {
	contactPointFields, CRM_TYPES, emailsIn, lackingPoints, phonesIn, planRecord, readContactPoints, requisitePreset, requisitesOf, warning,
	type ContactPoint, type CrmField, type FieldChange, type Link, type Partner, type RecordPlan, type RecordSides, type Requisite, type RequisitePreset,
} from '../../../../core';
import type { CrmSession } from '../session';
import type { PartnerFields, PartnerType } from './fields';
import type { PartnerSettings } from './settings';
import type { PartnerPlan, PartnerTask } from './task';

export interface PartnerPlanning {
	session: CrmSession;
	settings: PartnerSettings;
	/** By kind of record. */
	fields: Record<PartnerType, PartnerFields>;
	/** Undefined where the portal has no requisites, or the user wants none. */
	presets: RequisitePreset[] | undefined;
}

/** What is to be written of a contact or company with its requisites. Fields on which both sides differ for good are in `review`. */
export function planPartner(planning: PartnerPlanning, task: PartnerTask): PartnerPlan {
	const { session, settings, fields } = planning;
	const own = fields[task.type as PartnerType];
	const row = task.present?.row;
	const sides: RecordSides = {
		rules: own.rules, values: task.values, fields: own.fields, present: row, written: task.link?.written ?? {},
		policy: settings.conflict, changed: { source: task.source.updated, target: (row?.DATE_MODIFY as string | undefined) ?? null }, mark: session.mark,
	};
	const plan: PartnerPlan = { ...planRecord(sides), requisite: undefined };
	planPoints(plan, 'PHONE', lackingPoints('phone', phonesIn(task.source.partner.phone), readContactPoints(row?.PHONE)), row);
	planPoints(plan, 'EMAIL', lackingPoints('email', emailsIn(task.source.partner.email), readContactPoints(row?.EMAIL)), row);
	planOrigin(plan, task, settings);
	planRequisite(planning, task, plan, sides);
	return task.type === 'contact' ? { ...plan, changes: plan.changes.map(withoutPerson), review: plan.review.map(withoutPerson) } : plan;
}

/** What persons are called and what is said of them stays out of items that are kept and shown. */
const PERSONAL = ['NAME', 'SECOND_NAME', 'LAST_NAME', 'BIRTHDATE', 'COMMENTS'];

const withoutPerson = (change: FieldChange): FieldChange =>
	PERSONAL.includes(change.field) ? { field: change.field, from: change.from === null ? null : '(hidden)', to: '(hidden)' } : change;

/** Only how many there are is told. */
function planPoints(plan: RecordPlan, field: 'PHONE' | 'EMAIL', lacking: readonly ContactPoint[], row: Record<string, unknown> | undefined): void {
	if (lacking.length === 0) return;
	const present = readContactPoints(row?.[field]).length;
	plan.fields[field] = contactPointFields(lacking);
	plan.changes.push({ field, from: present, to: present + lacking.length });
}

/** A mark of another system is never taken away. */
function planOrigin(plan: RecordPlan, { present, source, companyId }: PartnerTask, { originator }: PartnerSettings): void {
	const isFree = present !== undefined && present.boundTo === null && !present.row.ORIGIN_ID && !present.row.ORIGINATOR_ID;
	if (present === undefined || isFree) Object.assign(plan.fields, { ORIGINATOR_ID: originator, ORIGIN_ID: source.id });
	if (present === undefined && companyId !== undefined) plan.fields.COMPANY_IDS = [companyId];
}

function planRequisite({ settings, presets }: PartnerPlanning, task: PartnerTask, plan: PartnerPlan, sides: RecordSides): void {
	const { partner } = task.source;
	const wanted = presets && requisitesOf(partner);
	if (!wanted) return;
	task.requisite = ownRequisite(partner, task.requisites);
	task.requisiteId = task.requisite?.id;
	const compared = planRecord({ ...sides, ...asRecord(wanted), present: task.requisite?.fields, written: writtenOf(task.link) });
	const ofRequisite = (change: FieldChange): FieldChange => ({ ...change, field: `${MARK}${change.field}` });
	plan.changes.push(...compared.changes.map(ofRequisite));
	plan.review.push(...compared.review.map(ofRequisite));
	plan.warnings.push(...compared.warnings);
	for (const [field, mark] of Object.entries(compared.marks)) plan.marks[`${MARK}${field}`] = mark;
	if (task.requisite) {
		if (Object.keys(compared.fields).length > 0) plan.requisite = compared.fields;
		return;
	}
	const kind = partner.companyType ?? 'legal';
	const preset = requisitePreset(kind, presets, settings.presets);
	if (preset === undefined) plan.warnings.push(warning('CRM_PRESET_UNKNOWN', { kind }));
	else plan.requisite = { ...compared.fields, PRESET_ID: preset, NAME: partner.name ?? kind, XML_ID: partner.id, ORIGINATOR_ID: settings.originator, ENTITY_TYPE_ID: CRM_TYPES[task.type as PartnerType] };
}

/** In front of fields of requisites, in the link of their owner and in what is shown. */
const MARK = 'requisite.';

const writtenOf = (link: Link | undefined): Record<string, string> =>
	Object.fromEntries(Object.entries(link?.written ?? {}).flatMap(([name, mark]) => (name.startsWith(MARK) ? [[name.slice(MARK.length), mark]] : [])));

/** Texts as a record, with a rule for each, so that they are compared as all other fields are. */
function asRecord(texts: Record<string, string>): Pick<RecordSides, 'rules' | 'values' | 'fields'> {
	const names = Object.keys(texts);
	const text = (name: string): CrmField => ({ name, label: name, type: 'string', multiple: false, readOnly: false, immutable: false, choices: [] });
	return {
		values: texts,
		fields: new Map(names.map((name) => [name, text(name)])),
		rules: names.map((name) => ({ target: name, source: { field: name }, policy: 'always' })),
	};
}

/** Those that were made for the counterparty, else those with its INN and no other KPP, else the only ones without an INN. */
function ownRequisite({ id, inn, kpp }: Partner, requisites: readonly Requisite[]): Requisite | undefined {
	const mayBe = ({ fields }: Requisite): boolean => inn !== null && fields.RQ_INN === inn && (kpp === null || fields.RQ_KPP === undefined || fields.RQ_KPP === kpp);
	const unnamed = requisites.filter(({ fields, xmlId }) => fields.RQ_INN === undefined && xmlId === null);
	return requisites.find(({ xmlId }) => xmlId?.toLowerCase() === id) ?? requisites.find(mayBe) ?? (unnamed.length === 1 ? unnamed[0] : undefined);
}
