import { randomUUID } from 'node:crypto';
import type { INode } from 'n8n-workflow';
import type { ApiCredential } from '../../n8n/api.cts';
import { PACKAGE_NAME } from '../../n8n/repository.cts';
import { node, to } from '../../n8n/workflowDraft.cts';
import type { Processes } from './processes.cts';

const CHECK_STRING = 'a-long-random-check-string-0123456789';
const RECEIVER = 'Receiver';

/** The address of a published workflow with MoySklad Trigger and nothing behind it. */
export async function moySkladTrigger(processes: Processes): Promise<string> {
	const { moySklad, api } = processes;
	const credential = await api.createCredential('moySkladApi', {
		authentication: 'token',
		token: moySklad.users.admin.token,
		baseUrl: moySklad.baseUrl,
		checkSecret: CHECK_STRING,
	});
	const row = { entity: 'customerorder', actions: ['UPDATE'], changedFields: true, execution: 'queued' };
	const trigger = node(RECEIVER, `${PACKAGE_NAME}.moySkladTrigger`, { events: { row: [row] } }, { webhookId: randomUUID() });
	await publish(processes, trigger, 2, [credential]);
	const [hook] = moySklad.account.table('webhook').all();
	return String(hook?.url);
}

/** The address of a published workflow with n8n's own Webhook node, which answers at once, as soon as its execution is stored. */
export async function webhookNode(processes: Processes): Promise<string> {
	const path = randomUUID();
	const more = { webhookId: path, typeVersion: 2 };
	const webhook = node(RECEIVER, 'n8n-nodes-base.webhook', { httpMethod: 'POST', path, responseMode: 'onReceived', options: {} }, more);
	const published = await publish(processes, webhook, 1);
	return `${processes.publicUrl}/webhook/${published}`;
}

/** Gives the path of the node's webhook, when that is a parameter. */
async function publish({ api }: Processes, receiver: INode, outputs: number, credentials: ApiCredential[] = []): Promise<string> {
	const workflow = await api.createWorkflow(
		{
			name: receiver.type,
			nodes: [receiver, node('Nothing', 'n8n-nodes-base.noOp')],
			connections: { [RECEIVER]: { main: Array.from({ length: outputs }, () => to('Nothing')) } },
			settings: { executionOrder: 'v1' },
		},
		credentials,
	);
	await api.publish(workflow.id);
	return String(workflow.nodes.find(({ name }) => name === RECEIVER)?.parameters.path);
}

/** A notification of one event, as MoySklad sends most of them. */
export const notification = ({ account, accountId }: Processes['moySklad']) => {
	const order = String(account.table('customerorder').all()[0]?.id ?? randomUUID());
	return (): object => ({
		auditContext: {
			meta: { type: 'audit', href: `https://api.moysklad.ru/api/remap/1.2/audit/${randomUUID()}` },
			moment: '2026-11-21 15:51:16',
			uid: 'user@account',
		},
		events: [
			{
				meta: { type: 'customerorder', href: `https://api.moysklad.ru/api/remap/1.2/entity/customerorder/${order}` },
				action: 'UPDATE',
				updatedFields: ['state'],
				accountId,
			},
		],
	});
};
