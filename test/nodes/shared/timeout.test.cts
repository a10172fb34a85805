import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import type { ICredentialDataDecryptedObject, ICredentialType, IExecuteFunctions } from 'n8n-workflow';
import { SyncError } from '../../../core';
import { BitrixOAuth2Api } from '../../../credentials/BitrixOAuth2Api.credentials';
import { BitrixWebhookApi } from '../../../credentials/BitrixWebhookApi.credentials';
import { MoySkladApi } from '../../../credentials/MoySkladApi.credentials';
import { bitrixClient } from '../../../nodes/shared/bitrix';
import { moySkladClient } from '../../../nodes/shared/moySklad';
import { BITRIX_TIMEOUT, MOYSKLAD_TIMEOUT, timeoutMilliseconds } from '../../../nodes/shared/timeout';
import { closeServer } from '../../n8n/closing.cts';
import { Engine } from '../../n8n/engine.cts';
import { PROBE, ProbeEngine } from '../../n8n/probe.cts';

const codeOf = (act: () => unknown): unknown => {
	try {
		return act();
	} catch (error) {
		return (error as SyncError).code;
	}
};

describe('R198: the timeout of a credential', () => {
	it('is what was entered, from 10 s to the longest, and nothing else', () =>
		fc.assert(
			fc.property(fc.oneof(fc.double(), fc.integer({ min: -700, max: 700 }), fc.string(), fc.constantFrom('soon', true, {}, [])), fc.constantFrom(MOYSKLAD_TIMEOUT, BITRIX_TIMEOUT), (entered, range) => {
				fc.pre(entered !== '');
				const seconds = Number(entered);
				const good = seconds >= 10 && seconds <= range.longest;
				expect(codeOf(() => timeoutMilliseconds(entered, range))).toBe(good ? seconds * 1000 : 'TIMEOUT_INVALID');
			}),
		));

	it('is the usual one in credentials that are older than the field', () => {
		expect(timeoutMilliseconds(undefined, MOYSKLAD_TIMEOUT)).toBe(300_000);
		expect(timeoutMilliseconds('', BITRIX_TIMEOUT)).toBe(120_000);
	});

	it.each<[string, ICredentialType, number]>([
		['MoySklad', new MoySkladApi(), 300],
		['a Bitrix webhook', new BitrixWebhookApi(), 120],
		['a Bitrix application', new BitrixOAuth2Api(), 120],
	])('is a field of the credential of %s', (_what, { properties }, usual) =>
		expect(properties.find(({ name }) => name === 'timeoutSeconds')).toMatchObject({ displayName: 'Timeout (Seconds)', type: 'number', default: usual }));
});

describe('R198: a server that does not answer', () => {
	let server: Server;
	let url: string;
	beforeAll(async () => {
		server = createServer(() => undefined);
		await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
		url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	});
	afterAll(async () => await closeServer(server));

	/** The reason for which a call that must not be repeated was given up. */
	async function reason(credential: ICredentialType, secrets: ICredentialDataDecryptedObject, call: (context: IExecuteFunctions) => Promise<unknown>): Promise<unknown> {
		const engine = await ProbeEngine.with(credential);
		let failure: unknown;
		engine.does(async (context) => {
			failure = await call(context).catch((error: Error) => error.cause);
			return [[]];
		});
		const { error } = await engine.runNode({ type: PROBE, credentials: { [credential.name]: secrets } });
		expect(error).toBeUndefined();
		return failure;
	}

	it('is given up after the timeout of the credential', async () => {
		const [timeoutSeconds, expected] = [10, { code: 'CONNECTION_TIMEOUT', details: { seconds: 10 } }];
		const ofMoySklad = (httpClient: string): Promise<unknown> =>
			reason(new MoySkladApi(), { authentication: 'token', token: `t-${httpClient}`, httpClient, baseUrl: url, timeoutSeconds }, async (context) => await (await moySkladClient(context)).write('POST', '/entity/product', {}, { repeatable: false }));
		const ofBitrix = reason(new BitrixWebhookApi(), { secretAddress: `${url}/rest/1/s/`, edition: 'selfHosted', timeoutSeconds }, async (context) => await (await bitrixClient(context, 'webhook')).call('crm.deal.add', {}, { repeatable: false }));
		for (const given of await Promise.all([ofMoySklad('keepAlive'), ofMoySklad('n8n'), ofBitrix])) expect(given).toMatchObject(expected);
	});

	it.each<[string, string, string, ICredentialDataDecryptedObject]>([
		['MoySklad', 'moySkladEntity', 'moySkladApi', { authentication: 'token', token: 't' }],
		['a Bitrix webhook', 'bitrixOrderExport', 'bitrixWebhookApi', { secretAddress: 'https://shop.example.com/rest/1/s/' }],
		['a Bitrix application', 'bitrixOrderExport', 'bitrixOAuth2Api', { oauthTokenData: { client_endpoint: 'https://shop.example.com/rest/' } }],
	])('is not even asked when the timeout of the credential of %s is none', async (_what, type, credential, secrets) => {
		const parameters = type === 'moySkladEntity' ? { resource: 'counterparty', operation: 'getAll' } : { operation: 'get', order: '1', siteKey: 'shop', authentication: credential === 'bitrixOAuth2Api' ? 'oAuth2' : 'webhook' };
		const run = await (await Engine.load()).runNode({ type, parameters, credentials: { [credential]: { ...secrets, timeoutSeconds: 5 } }, items: [{}] });
		expect(JSON.stringify([run.error?.description, run.error])).toContain('TIMEOUT_INVALID');
	});
});
