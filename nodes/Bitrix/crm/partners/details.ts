import {
	allows, addressFields, ADDRESS_KINDS, bankFields, CRM_TYPES,
	type BankDetail, type CrmAddress, type FieldChange, type Parameters, type Policy, type PostalAddress, type SyncError,
} from '../../../../core';
import { WRITES_IN_A_BATCH, type CrmSession } from '../session';
import { addressesOf, bankDetailsOf } from './requisiteReads';
import type { PartnerSettings } from './settings';
import type { PartnerTask } from './task';

/** One call for what hangs on requisites. */
interface DetailWrite {
	task: PartnerTask;
	method: string;
	parameters: Parameters;
	change: FieldChange;
}

/** Brings bank accounts and addresses about; nothing that is there is taken away. What fails with one fails its counterparty. */
export async function writeDetails(session: CrmSession, settings: PartnerSettings, tasks: readonly PartnerTask[]): Promise<void> {
	const writes = await plannedDetails(session, settings, tasks);
	for (const { task, change } of writes) task.changes = [...(task.changes ?? []), ...(task.changes?.some(({ field }) => field === change.field) ? [] : [change])];
	if (settings.preview || writes.length === 0) return;
	const outcomes = await session.batches.each(writes.map(({ method, parameters }) => ({ method, parameters })), { repeatable: false, parallel: 2, most: WRITES_IN_A_BATCH });
	writes.forEach(({ task }, index) => {
		const outcome = outcomes[index];
		task.sent ??= 'update';
		if (!outcome || 'error' in outcome) postpone(task, outcome?.error);
	});
}

function postpone(task: PartnerTask, error: SyncError | undefined): void {
	if (error?.retryable === false) task.fail(error);
	else task.unsure = error;
}

async function plannedDetails(session: CrmSession, settings: PartnerSettings, tasks: readonly PartnerTask[]): Promise<DetailWrite[]> {
	const withBanks = tasks.filter(({ source }) => (source.partner.accounts?.length ?? 0) > 0);
	const withAddresses = settings.addresses === 'never' ? [] : tasks.filter(({ source: { partner } }) => partner.legalAddress ?? partner.actualAddress);
	const banks = await bankDetailsOf(session, idsOf(withBanks));
	const addresses = await addressesOf(session, idsOf(withAddresses));
	return [
		...withBanks.flatMap((task) => bankWrites(task, banks.get(task.requisiteId ?? 0) ?? [])),
		...withAddresses.flatMap((task) => addressWrites(task, settings.addresses, addresses.get(task.requisiteId ?? 0) ?? [])),
	];
}

/** A preview of requisites that are not there yet has nothing to read. */
const idsOf = (tasks: readonly PartnerTask[]): number[] => tasks.flatMap(({ requisiteId }) => requisiteId ?? []);

const digits = (text: string | undefined): string => (text ?? '').replace(/\D/g, '');

/** New accounts are added; of those that are there only what is empty is filled. */
function bankWrites(task: PartnerTask, present: readonly BankDetail[]): DetailWrite[] {
	return (task.source.partner.accounts ?? []).flatMap((account): DetailWrite[] => {
		const wanted = bankFields(account);
		const known = present.find(({ xmlId, fields }) => xmlId === account.id || digits(fields.RQ_ACC_NUM) === digits(account.number));
		const change = { field: `bankDetail.${account.number.slice(-4)}`, from: known ? 'incomplete' : null, to: 'complete' };
		if (!known) return [{ task, change, method: 'crm.requisite.bankdetail.add', parameters: { fields: { ENTITY_ID: task.requisiteId, XML_ID: account.id, ...wanted } } }];
		const lacking = lackingFields(wanted, known.fields);
		return Object.keys(lacking).length === 0 ? [] : [{ task, change, method: 'crm.requisite.bankdetail.update', parameters: { id: known.id, fields: lacking } }];
	});
}

function addressWrites(task: PartnerTask, policy: Policy, present: readonly CrmAddress[]): DetailWrite[] {
	const { legalAddress, actualAddress } = task.source.partner;
	return [
		...addressWrite(task, 'legal', legalAddress, policy, present),
		...addressWrite(task, 'actual', actualAddress, policy, present),
	];
}

/** Of each kind there is one address. *Only When Empty* leaves one that has anything as it is. */
function addressWrite(task: PartnerTask, kind: keyof typeof ADDRESS_KINDS, address: PostalAddress | null, policy: Policy, present: readonly CrmAddress[]): DetailWrite[] {
	if (address === null) return [];
	const wanted = addressFields(address);
	const known = present.find((one) => one.kind === ADDRESS_KINDS[kind]);
	const place = { TYPE_ID: ADDRESS_KINDS[kind], ENTITY_TYPE_ID: CRM_TYPES.requisite, ENTITY_ID: task.requisiteId };
	const change = { field: `address.${kind}`, from: known ? 'different' : null, to: 'as in MoySklad' };
	if (!allows(policy, { isNew: !known, isEmpty: Object.keys(known?.fields ?? {}).length === 0 })) return [];
	if (!known) return [{ task, change, method: 'crm.address.add', parameters: { fields: { ...place, ...wanted } } }];
	const differing = Object.fromEntries(Object.entries(wanted).filter(([name, value]) => known.fields[name] !== value));
	return Object.keys(differing).length === 0 ? [] : [{ task, change, method: 'crm.address.update', parameters: { fields: { ...place, ...differing } } }];
}

const lackingFields = (wanted: Record<string, string>, present: Record<string, string>): Record<string, string> =>
	Object.fromEntries(Object.entries(wanted).filter(([name]) => present[name] === undefined));
