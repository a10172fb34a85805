import { readPartner, warning, type CrmType, type Partner } from '../../../../core';
import type { BulkOperation } from '../../../shared/operation';
import { writeOutputs } from '../../../shared/writeOutputs';
import { completePartners } from '../completing';
import { readEntries, resultsOf } from '../entries';
import { partnerProperties } from '../parameters/partners';
import { writeAll } from '../partners/run';
import { readPartnerSettings } from '../partners/settings';
import { PartnerTask, type PartnerSource } from '../partners/task';
import { CrmSession } from '../session';
import type { CrmResult } from '../task';

export const upsertPartners: BulkOperation = {
	value: 'upsertPartners',
	name: 'Contacts and Companies: Upsert From Counterparties',
	action: 'Upsert contacts and companies from counterparties',
	description: 'Make or update contacts and companies with requisites, bank accounts, addresses and contact persons from counterparties of MoySklad; write differences only',
	properties: partnerProperties,
	async all() {
		const settings = readPartnerSettings(this, 'partners');
		const session = await CrmSession.open(this, settings);
		const items = await completePartners(session.moySklad, this.getInputData().map(({ json }) => json));
		const entries = readEntries<PartnerSource>(this, items, { flow: settings.flow, types: ['company', 'contact'], read: (json) => sourceOf(readPartner(json)), typeOf });
		const tasks = entries.tasks.map(({ input, type, source, link }) => new PartnerTask(input, type, source, link));
		await writeAll(session, settings, tasks);
		const others = new Map([...entries.refused, ...entries.deleted.map(({ input, id }) => [input, gone(id)] as const)]);
		return writeOutputs(this, resultsOf(tasks, others, items.length), settings.failAfterAll);
	},
};

const sourceOf = (partner: Partner): PartnerSource => ({ id: partner.id, externalCode: partner.externalCode, updated: partner.updated, partner, position: null });

/** Persons are contacts, firms and entrepreneurs are companies. */
const typeOf = ({ partner }: PartnerSource): CrmType => (partner.companyType === 'individual' ? 'contact' : 'company');

/** Of a counterparty that was deleted the record stays: it may have deals. */
const gone = (id: string): CrmResult => ({ status: 'skipped', key: id, moySkladId: id, bitrixId: null, changes: [], warnings: [warning('CRM_SOURCE_DELETED')] });
