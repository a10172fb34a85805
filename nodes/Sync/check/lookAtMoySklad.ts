import type { IExecuteFunctions } from 'n8n-workflow';
import { attributesPath, checkMoySklad, chosenFlows, findingIn, madeObjects, MOYSKLAD_API, neededRights, SyncError, USUAL_FLOWS, type CheckFlow, type CheckReport, type MoySkladSeen } from '../../../core';
import { readAttributeDefinitions, readPage, type MoySkladClient } from '../../../transport';
import { systemClock } from '../../shared/clock';
import { lookedAt, NOTHING_SEEN, type Attempts } from './attempts';
import { plainHttp } from './plainHttp';
import { baseUrl, MOYSKLAD_CREDENTIAL, moySkladClient, type MoySkladCredential } from '../../shared/moySklad';

/** Where nobody said what is synchronised, these may be: a field too many is soon passed over. */
const USUALLY_MADE: readonly CheckFlow[] = [...USUAL_FLOWS, 'documents'];

/** Whose stock is asked for only to see whether the report may be read: the permissions do not say it. */
const NOTHING = '00000000-0000-0000-0000-000000000000';

/** Reads what the account tells; what cannot be read is a finding, and the rest is looked at all the same. */
export async function lookAtMoySklad(context: IExecuteFunctions, flows: readonly CheckFlow[]): Promise<CheckReport> {
	return await lookedAt('moySklad', async (attempt) => {
		const credential = await context.getCredentials<MoySkladCredential>(MOYSKLAD_CREDENTIAL);
		const api = baseUrl(credential);
		const client = await attempt(undefined, async () => await moySkladClient(context));
		const asked = client && (await attempt(undefined, async () => await whoAsks(client)));
		if (!client || !asked) return { ...NOTHING_SEEN, findings: plainHttp('moySklad', api) };
		await tryReading(client, asked, chosenFlows(flows), attempt);
		const { findings, ...seen } = checkMoySklad({
			...asked,
			flows,
			checkMinimumPrice: await attempt(false, async () => isTrue(await client.get('/context/companysettings'), 'checkMinPrice')),
			requiredAttributes: await attempt([], async () => await requiredAttributes(client, madeObjects(flows.length > 0 ? flows : USUALLY_MADE))),
			production: api === MOYSKLAD_API,
		});
		return { ...seen, findings: [...plainHttp('moySklad', api), ...findings] };
	});
}

/** What of reading the permissions do not say: all of it of a solution, the report of stock of anybody. */
async function tryReading(client: MoySkladClient, { permissions }: Asked, flows: readonly CheckFlow[], attempt: Attempts['attempt']): Promise<void> {
	if (permissions === null)
		for (const [object, action] of neededRights(flows)) if (action === 'view') await attempt(undefined, async () => await readPage(client, `entity/${object}`, { limit: 1 }));
	if (flows.includes('stock')) await attempt(undefined, async () => await client.get('report/stock/all/current', { filter: `assortmentId=${NOTHING}` }));
}

type Asked = Pick<MoySkladSeen, 'permissions' | 'rate' | 'serverTime' | 'now'>;

/** A solution has no employee; its rights are those that the account gave to the application. */
async function whoAsks(client: MoySkladClient): Promise<Asked> {
	const employee = await client.getWithHeaders('/context/employee').catch(findingIn);
	if (!(employee instanceof SyncError)) return seenIn(employee);
	if (employee.kind === 'connection' || employee.kind === 'auth') throw employee;
	const application = await client.getWithHeaders('/context/application').catch(() => undefined);
	if (!application) throw employee;
	return { ...seenIn(application), permissions: null };
}

function seenIn({ value, headers }: { value: unknown; headers: Record<string, string> }): Asked {
	const { permissions = {} } = (value ?? {}) as { permissions?: MoySkladSeen['permissions'] };
	const [limit, windowMilliseconds] = ['x-ratelimit-limit', 'x-lognex-retry-timeinterval'].map((name) => Number(headers[name] ?? NaN));
	const serverTime = Date.parse(headers.date ?? '');
	return {
		permissions,
		rate: isNumber(limit) && isNumber(windowMilliseconds) ? { limit, windowMilliseconds } : null,
		serverTime: isNumber(serverTime) ? serverTime : null,
		now: systemClock.now(),
	};
}

const isNumber = (value: number | undefined): value is number => value !== undefined && Number.isFinite(value);

const isTrue = (value: unknown, field: string): boolean => (value as Record<string, unknown> | undefined)?.[field] === true;

/** Kinds of objects that share their additional fields, such as products and services, are looked at once. */
async function requiredAttributes(client: MoySkladClient, objects: readonly string[]): Promise<MoySkladSeen['requiredAttributes']> {
	const found: MoySkladSeen['requiredAttributes'] = [];
	const paths = objects.map(attributesPath);
	for (const object of objects.filter((one, index) => paths.indexOf(attributesPath(one)) === index))
		found.push(...(await readAttributeDefinitions(client, object)).filter(({ required }) => required).map(({ name }) => ({ object, attribute: name })));
	return found;
}
