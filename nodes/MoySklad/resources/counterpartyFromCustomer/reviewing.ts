import { idOf, type Candidate, type MatchReason } from '../../../../core';
import type { Entity, MoySkladClient } from '../../../../transport';
import { readRows } from './rows';
import { doubt } from './search';
import { isOpen, type CustomerTask, type ShownCandidate } from './task';

/** More candidates than a person wants to look at are left out, the least likely ones first. */
const MOST = 10;

/** Finishes those whom a person has to decide about, with their candidates as people know them. `made`: ids of what this run made, by its keys. */
export async function askPeople(client: MoySkladClient, doubts: ReadonlyMap<CustomerTask, Candidate[]>, made: ReadonlyMap<string, string>): Promise<void> {
	const open = [...doubts].filter(([task]) => isOpen(task)).map(([task, candidates]) => ({ task, candidates: candidates.slice(0, MOST).map((one) => ({ ...one, id: made.get(one.id) ?? one.id })) }));
	const rows = await readRows(client, 'id', open.flatMap(({ candidates }) => candidates.map(({ id }) => id)));
	for (const { task, candidates } of open) {
		const shown = candidates.map((candidate) => shownCandidate(candidate, rows.get(candidate.id)));
		task.review(doubt(shown.length), shown);
	}
}

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** A counterparty that only a preview would have made has nothing to show yet. */
export function shownCandidate({ id, score, reasons }: Candidate, row: Entity = {}): ShownCandidate {
	return {
		id,
		name: text(row.name),
		companyType: text(row.companyType),
		inn: text(row.inn),
		kpp: text(row.kpp),
		phone: text(row.phone),
		email: text(row.email),
		archived: row.archived === true,
		url: text((row.meta as { uuidHref?: unknown } | undefined)?.uuidHref) ?? (idOf(id) === undefined ? null : `https://online.moysklad.ru/app/#Company/edit?id=${id}`),
		score,
		reasons: reasons.map(inWords),
	};
}

const FIELDS: Record<MatchReason['field'], string> = { externalId: 'external ID', inn: 'INN', kpp: 'KPP', kind: 'kind', phone: 'phone', email: 'e-mail', name: 'name' };

/** "phone: same", "name: similar (84 %)". */
export const inWords = ({ field, says, percent }: MatchReason): string => `${FIELDS[field]}: ${says}${percent === undefined || percent === 100 ? '' : ` (${percent} %)`}`;
