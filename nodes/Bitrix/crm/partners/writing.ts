import { result, SyncError, type Parameter } from '../../../../core';
import type { Command, Outcome } from '../../../../transport';
import { WRITES_IN_A_BATCH, type CrmSession } from '../session';
import type { PartnerPlan, PartnerTask } from './task';

/** Under which keys the commands stand that make a record and its requisites. */
const MADE = 'm';
const REQUISITE = 'r';

/** Whether anything is to be written of a record or its requisites. */
export const isWrite = ({ fields, requisite }: PartnerPlan): boolean => Object.keys(fields).length > 0 || requisite !== undefined;

/** Sends what is planned: a record with its requisites is one group, since these need its id. */
export async function writePartners(session: CrmSession, tasks: readonly PartnerTask[]): Promise<void> {
	const writes = tasks.flatMap((task) => (task.planned && isWrite(task.planned) ? [{ task, commands: commandsOf(task, task.planned) }] : []));
	for (const repeatable of [true, false]) {
		const some = writes.filter(({ commands }) => commands.every(isUpdate) === repeatable);
		const outcomes = await session.batches.run(some.map(({ commands }) => commands), { repeatable, parallel: 2, most: WRITES_IN_A_BATCH });
		some.forEach(({ task, commands }, index) => settle(task, commands, outcomes[index] ?? []));
	}
}

/** Phones and e-mails without an id are added each time they are sent: such an update is none that could be sent twice. */
const isUpdate = ({ method, parameters }: Command): boolean => {
	const fields = (parameters.fields ?? {}) as Record<string, Parameter>;
	return method.endsWith('.update') && fields.PHONE === undefined && fields.EMAIL === undefined;
};

function commandsOf(task: PartnerTask, { fields, requisite }: PartnerPlan): Command[] {
	const { present, type } = task;
	const commands: Command[] = [];
	if (!present) commands.push({ key: MADE, method: `crm.${type}.add`, parameters: { fields } });
	else if (Object.keys(fields).length > 0) commands.push({ key: 'u', method: `crm.${type}.update`, parameters: { id: present.id, fields } });
	const owner: Parameter = present?.id ?? result(MADE);
	if (requisite && task.requisite) commands.push({ key: REQUISITE, method: 'crm.requisite.update', parameters: { id: task.requisite.id, fields: requisite } });
	else if (requisite) commands.push({ key: REQUISITE, method: 'crm.requisite.add', parameters: { fields: { ...requisite, ENTITY_ID: owner } } });
	task.sent ??= present ? 'update' : 'create';
	return commands;
}

function settle(task: PartnerTask, commands: readonly Command[], outcomes: readonly Outcome[]): void {
	const answered = (key: string): number | undefined => {
		const outcome = outcomes[commands.findIndex((command) => command.key === key)];
		const id = outcome && 'result' in outcome ? Number(outcome.result) : NaN;
		return id > 0 ? id : undefined;
	};
	task.bitrixId = task.present?.id ?? answered(MADE);
	task.requisiteId = task.requisite?.id ?? answered(REQUISITE);
	const errors = outcomes.flatMap((outcome) => ('error' in outcome ? [outcome.error] : []));
	const error = errors.find(({ retryable }) => !retryable) ?? errors[0];
	if (error?.retryable) task.unsure = error;
	else if (error) task.fail(error);
	else if (task.bitrixId === undefined) task.fail(new SyncError('ANSWER_UNEXPECTED', { call: commands[0]?.method ?? '', reason: 'no id' }));
}
