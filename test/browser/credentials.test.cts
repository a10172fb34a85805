import { readFileSync } from 'node:fs';
import path from 'node:path';
import { N8nApi } from '../n8n/api.cts';
import { repositoryRoot } from '../n8n/repository.cts';
import { theBench, type Bench } from './bench/bench.cts';
import { CredentialPage, type Verdict } from './credentialPage.cts';
import { Editor } from './editor.cts';

interface Example {
	title: string;
	/** Text fields by their names. */
	fields: Record<string, string>;
	/** A field that is wrong, and what is said then. */
	wrong: { fields: Record<string, string>; says: RegExp };
}

const examples = ({ moySklad, bitrix, site }: Bench): Record<string, Example> => ({
	MoySkladApi: {
		title: 'MoySklad API',
		fields: { token: moySklad.integration.token, baseUrl: moySklad.baseUrl },
		wrong: { fields: { token: '0'.repeat(40) }, says: /MoySklad|token/i },
	},
	BitrixWebhookApi: {
		title: 'Bitrix REST Webhook API',
		fields: { secretAddress: bitrix.webhookUrl },
		wrong: { fields: { secretAddress: bitrix.webhookUrl.replace(/\/\w+\/$/, '/wrong/') }, says: /webhook|Bitrix/i },
	},
	Bitrix1cExchangeApi: {
		title: 'Bitrix 1C Exchange API',
		fields: { siteAddress: site.url, login: site.login, password: site.password },
		wrong: { fields: { password: 'wrong' }, says: /login|password/i },
	},
	BitrixSiteHandlerApi: {
		title: 'Bitrix Site Handler API',
		fields: { secret: 'a'.repeat(32) + 'B7'.repeat(16) },
		wrong: { fields: { secret: 'short' }, says: /secret|letters/i },
	},
});

/** It is made by agreeing in Bitrix, not by a test. */
const BY_CONSENT = 'BitrixOAuth2Api';

describe('A credential that is made in the editor', () => {
	const bench = theBench();
	let editor: Editor;

	beforeAll(async () => {
		editor = await Editor.open(await N8nApi.logIn(bench.n8n));
	});
	afterAll(async () => await editor?.close());

	const made = async ({ title, fields }: Pick<Example, 'title' | 'fields'>): Promise<Verdict> => {
		const page = await CredentialPage.create(editor.page, editor.url, title);
		await page.fill(fields);
		return await page.save();
	};

	it('has an example of each type', () => {
		const { n8n } = JSON.parse(readFileSync(path.join(repositoryRoot(), 'package.json'), 'utf8')) as { n8n: { credentials: string[] } };
		const types = n8n.credentials.map((file) => path.basename(file, '.credentials.js'));
		expect([...Object.keys(examples(bench)), BY_CONSENT].sort()).toEqual(types.sort());
	});

	it.each(Object.values(examples(bench)))('$title is tested green when it is right', async (example) => {
		expect(await made(example)).toMatchObject({ green: true });
		expect(editor.faults.take()).toEqual([]);
	});

	it.each(Object.values(examples(bench)))('$title is tested red when it is wrong, and says why', async ({ title, fields, wrong }) => {
		expect(await made({ title, fields: { ...fields, ...wrong.fields } })).toEqual({ green: false, text: expect.stringMatching(wrong.says) as string });
		editor.faults.take();
	});

	it('Bitrix OAuth2 API is connected when its user agrees', async () => {
		const { url, oauth } = bench.bitrix;
		const page = await CredentialPage.create(editor.page, editor.url, 'Bitrix OAuth2 API');
		await page.choose('server', 'Other Address');
		await page.fill({ portal: `${url}/`, otherServer: oauth.serverEndpoint, clientId: oauth.clientId, clientSecret: oauth.clientSecret });
		expect(await page.connect()).toMatchObject({ green: true });
	});
});
