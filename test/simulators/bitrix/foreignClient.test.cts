import { mkdtempSync, rmSync } from 'node:fs';
import { get, globalAgent } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AjaxResult, B24Hook, B24OAuth, TypeB24 } from '@bitrix24/b24jssdk' with { 'resolution-mode': 'import' };
import { buildSync } from 'esbuild';
import { wait } from '../kernel/clock.cts';
import { startBitrix, type RunningBitrix } from './start.cts';

/** Bitrix's own client for JavaScript, over HTTPS, as strangers use it. */
type Sdk = typeof import('@bitrix24/b24jssdk', { with: { 'resolution-mode': 'import' } });
let sdk: Sdk;
let bitrix: RunningBitrix;
let directory: string;

/** It comes as ES modules, which Jest cannot load, so it is bundled first. */
function loadSdk(): Sdk {
	const outfile = join(directory, 'sdk.cjs');
	buildSync({
		stdin: { contents: "export * from '@bitrix24/b24jssdk'", resolveDir: __dirname },
		bundle: true,
		platform: 'node',
		format: 'cjs',
		outfile,
	});
	return require(outfile) as Sdk;
}

interface Product {
	id: number;
	name: string;
	xmlId: string;
	quantity: number;
}

beforeAll(async () => {
	bitrix = await startBitrix({ https: true, requireHttps: true });
	globalAgent.options.ca = bitrix.certificate ?? '';
	directory = mkdtempSync(join(tmpdir(), 'sdk-'));
	sdk = loadSdk();
});
afterAll(async () => {
	delete globalAgent.options.ca;
	globalAgent.destroy();
	rmSync(directory, { recursive: true });
	await bitrix.close();
});

const iblockId = (): number => bitrix.catalogs.main.products;

function hook(): B24Hook {
	const client = sdk.B24Hook.fromWebhookUrl(bitrix.webhookUrl);
	client.offClientSideWarning();
	return client;
}

/** Asks the authorization server as an application does that has just got its code. */
async function oauth(): Promise<B24OAuth> {
	const { clientId, clientSecret, authorizeUrl, tokenUrl } = bitrix.oauth;
	const redirect = await trustingGet(`${authorizeUrl}?client_id=${clientId}&state=x`);
	const code = new URL(redirect.location ?? '').searchParams.get('code') ?? '';
	const answer = await trustingGet(
		`${tokenUrl}?grant_type=authorization_code&client_id=${clientId}&client_secret=${clientSecret}&code=${code}`,
	);
	const token = JSON.parse(answer.body) as Record<string, string & number>;
	const client = new sdk.B24OAuth(
		{
			applicationToken: 'x',
			userId: token.user_id ?? 0,
			memberId: token.member_id ?? '',
			accessToken: token.access_token ?? '',
			refreshToken: token.refresh_token ?? '',
			expires: token.expires ?? 0,
			expiresIn: token.expires_in ?? 0,
			scope: token.scope ?? '',
			domain: token.domain ?? '',
			clientEndpoint: token.client_endpoint ?? '',
			serverEndpoint: token.server_endpoint ?? '',
			status: 'L' as never,
		},
		{ clientId, clientSecret },
	);
	client.offClientSideWarning();
	return client;
}

async function trustingGet(url: string): Promise<{ location: string | undefined; body: string }> {
	return await new Promise((resolve, reject) => {
		get(url, (answer) => {
			const chunks: Buffer[] = [];
			answer.on('data', (chunk: Buffer) => chunks.push(chunk));
			answer.on('end', () => resolve({ location: answer.headers.location, body: Buffer.concat(chunks).toString() }));
		}).on('error', reject);
	});
}

async function call<T>(client: TypeB24, method: string, params: Record<string, unknown> = {}): Promise<T> {
	const answer: AjaxResult<T> = await client.actions.v2.call.make<T>({ method, params });
	if (!answer.isSuccess) throw new Error(answer.getErrorMessages().join('; '));
	return answer.getData()?.result as T;
}

const addProducts = async (client: TypeB24, count: number, prefix: string): Promise<void> => {
	const calls = Array.from({ length: count }, (_, index) => ({
		method: 'catalog.product.add',
		params: {
			fields: { iblockId: iblockId(), name: `${prefix} ${index} & "ё"`, xmlId: `${prefix}-${index}`, quantity: index },
		},
	}));
	const answer = await client.actions.v2.batchByChunk.make({ calls, options: { isHaltOnError: false } });
	expect(answer.isSuccess).toBe(true);
};

describe.each([
	['with a webhook', async (): Promise<TypeB24> => hook()],
	['with OAuth', async (): Promise<TypeB24> => await oauth()],
])('%s', (kind, connect) => {
	let client: TypeB24;

	beforeAll(async () => {
		client = await connect();
	});

	it('lists, creates, updates and deletes', async () => {
		const { element } = await call<{ element: Product }>(client, 'catalog.product.add', {
			fields: { iblockId: iblockId(), name: 'Чайник «Ё» 🫖', xmlId: `${kind}-1`, quantity: 2.5 },
		});
		expect(element).toMatchObject({ name: 'Чайник «Ё» 🫖', quantity: 2.5 });
		await call(client, 'catalog.product.update', { id: element.id, fields: { name: 'Самовар' } });
		const { products } = await call<{ products: Product[] }>(client, 'catalog.product.list', {
			select: ['id', 'iblockId', 'name'],
			filter: { iblockId: iblockId(), '=xmlId': [`${kind}-1`] },
		});
		expect(products).toEqual([{ id: element.id, iblockId: iblockId(), name: 'Самовар' }]);
		expect(await call(client, 'catalog.product.delete', { id: element.id })).toBe(true);
	});

	it('runs batches whose commands use earlier results', async () => {
		const answer = await client.actions.v2.batch.make({
			calls: {
				section: { method: 'catalog.section.add', params: { fields: { iblockId: iblockId(), name: `Раздел ${kind}` } } },
				product: {
					method: 'catalog.product.add',
					params: { fields: { iblockId: iblockId(), name: 'В разделе', iblockSectionId: '$result[section][section][id]' } },
				},
				failing: { method: 'catalog.nonsense', params: {} },
			},
			options: { isHaltOnError: false },
		});
		const results = answer.getData() as unknown as Record<
			string,
			{ section?: { id: number }; element?: { iblockSectionId: number } }
		>;
		expect(results.product?.element?.iblockSectionId).toBe(results.section?.section?.id);
		expect(answer.isSuccess).toBe(false);
		expect(answer.getErrorMessages()).toEqual(['Method not found!']);
	});

	it('reads long lists quickly and slowly', async () => {
		await addProducts(client, 120, kind);
		const params = { select: ['id', 'iblockId', 'xmlId'], filter: { iblockId: iblockId(), '%xmlId': `${kind}-` } };
		const quick: Product[] = [];
		for await (const page of client.actions.v2.fetchList.make<Product>({
			method: 'catalog.product.list',
			params,
			idKey: 'id',
			customKeyForResult: 'products',
		}))
			quick.push(...page);
		const slow = await client.actions.v2.callList.make<Product>({
			method: 'catalog.product.list',
			params,
			idKey: 'id',
			customKeyForResult: 'products',
		});
		expect(quick).toHaveLength(120);
		expect(slow.getData()).toEqual(quick);
		expect(new Set(quick.map(({ xmlId }) => xmlId)).size).toBe(120);
	});

	it('gets errors with their codes', async () => {
		await expect(client.actions.v2.call.make({ method: 'catalog.nonsense', params: {} })).rejects.toMatchObject({
			code: 'ERROR_METHOD_NOT_FOUND',
			status: 404,
		});
		const { guest } = bitrix.webhooks;
		await expect(call(sdk.B24Hook.fromWebhookUrl(guest), 'sale.paysystem.list')).rejects.toMatchObject({
			code: 'ACCESS_DENIED',
			status: 403,
		});
	});

	it('sees no more than the HTTP status where the code is a number', async () => {
		await expect(call(client, 'catalog.product.list', { select: ['id'] })).rejects.toMatchObject({
			status: 400,
			message: expect.not.stringContaining('Required'),
		});
	});
});

it('renews an expired token by itself', async () => {
	const client = await oauth();
	const before = await call<string[]>(client, 'scope');
	bitrix.portal.oauth.expireAccess();
	expect(await call(client, 'scope')).toEqual(before);
	expect(await call(client, 'app.info')).toMatchObject({ STATUS: 'L' });
});

it('waits when the rate limit is reached, and then goes on', async () => {
	const limited = await startBitrix({ https: true, plan: { bucket: 3, drain: 0.001 } });
	try {
		globalAgent.options.ca = [bitrix.certificate ?? '', limited.certificate ?? ''];
		const client = sdk.B24Hook.fromWebhookUrl(limited.webhookUrl);
		client.offClientSideWarning();
		const answers = Promise.all(Array.from({ length: 6 }, async () => await call<string>(client, 'server.time')));
		while (limited.counters.snapshot().refused < 3) await wait(5);
		limited.clock.advance(10_000_000);
		expect(await answers).toHaveLength(6);
	} finally {
		await limited.close();
	}
}, 30_000);
