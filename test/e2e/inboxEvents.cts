import type { Installation } from '../demo/installation.cts';
import type { RunningMoySklad } from '../simulators/moysklad/start.cts';

/** Events of objects as a notification of MoySklad holds them. */
export const eventsOf = ({ account }: RunningMoySklad, entity: string, ids: readonly string[], action = 'UPDATE'): object[] =>
	ids.map((id) => ({
		meta: { type: entity, href: `https://api.moysklad.ru/api/remap/1.2/entity/${entity}/${id}` },
		action,
		accountId: account.id,
		...(action === 'UPDATE' && { updatedFields: ['name'] }),
	}));

/** Sends a notification to the published receiver, as MoySklad does. */
export async function notify({ account }: RunningMoySklad, events: object[]): Promise<number> {
	const url = String(account.table('webhook').all()[0]?.url);
	const answer = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ events }) });
	return answer.status;
}

/** Chooses a PostgreSQL database in the templates with these numbers, as their user does. */
export async function useDatabase({ api, workflows }: Installation, address: string, ...numbers: string[]): Promise<void> {
	const { hostname, port, username, password, pathname } = new URL(address);
	const postgres = await api.createCredential('postgres', {
		host: hostname, port: Number(port || '5432'), database: pathname.slice(1), user: decodeURIComponent(username), password: decodeURIComponent(password), ssl: 'disable',
	}, 'Inbox');
	for (const number of numbers) {
		const found = workflows.get(number);
		if (!found) throw new RangeError(`There is no template ${number}`);
		const nodes = found.nodes.map((node) => (node.type === 'n8n-nodes-base.postgres' ? { ...node, credentials: { postgres } } : node));
		workflows.set(number, await api.update({ ...found, nodes }));
	}
}
