import { SyncError, toKopecks, toRubles, warning, type Kopecks } from '../../../../core';
import { byIds } from '../records';
import { WRITES_IN_A_BATCH, type CrmSession } from '../session';
import type { DocumentKind } from './kind';
import type { DocumentTask } from './task';

/**
 * Looks what sum the portal made of the rows that were set: a wrong one is corrected by hand once, and if that does not help the
 * task fails. So no wrong sum stays unseen. Two calls for thousands of records.
 */
export async function checkSums(session: CrmSession, kind: DocumentKind, tasks: readonly DocumentTask[]): Promise<void> {
	const wrong = await differing(session, kind, tasks.filter(({ planned, result, unsure }) => planned?.rows && !result && !unsure));
	if (wrong.length === 0) return;
	const { sum, manual } = kind.names;
	const commands = wrong.map(({ task }) => kind.update(task.bitrixId ?? 0, { [sum]: toRubles(task.document.sum), [manual]: 'Y' }));
	await session.batches.each(commands, { repeatable: true, most: WRITES_IN_A_BATCH });
	const stillWrong = new Map((await differing(session, kind, wrong.map(({ task }) => task))).map(({ task, present }) => [task, present]));
	for (const { task, present } of wrong) {
		const wanted = toRubles(task.document.sum);
		const left = stillWrong.get(task);
		if (left !== undefined) task.fail(new SyncError('CRM_SUM_NOT_TAKEN', { wanted, sum: shown(left) }));
		else task.warnings.push(warning('CRM_SUM_CORRECTED', { wanted, sum: shown(present) }));
	}
}

/** Those whose sum in the portal is another one. What cannot be read is asked for again in the next round. */
async function differing(session: CrmSession, kind: DocumentKind, tasks: readonly DocumentTask[]): Promise<Array<{ task: DocumentTask; present: Kopecks }>> {
	const looked = await byIds(session, kind.type, tasks.map(({ bitrixId }) => bitrixId ?? 0), [kind.names.sum]);
	return tasks.flatMap((task) => {
		const key = String(task.bitrixId);
		const [record] = looked.found.get(key) ?? [];
		if (!record) {
			task.unsure = looked.failed.get(key) ?? new SyncError('BITRIX_UNVERIFIED', { call: kind.rows.method });
			return [];
		}
		const present = kopecksIn(record.row[kind.names.sum]);
		return present === task.document.sum ? [] : [{ task, present }];
	});
}

/** NaN for what is no amount. */
function kopecksIn(value: unknown): Kopecks {
	try {
		return toKopecks((value ?? 0) as string | number);
	} catch {
		return NaN;
	}
}

const shown = (kopecks: Kopecks): string => (Number.isNaN(kopecks) ? 'no amount' : toRubles(kopecks));
