import { mkdtempSync, rmSync } from 'node:fs';
import { get, globalAgent } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AjaxResult, B24Hook, B24OAuth, TypeB24 } from '@bitrix24/b24jssdk' with { 'resolution-mode': 'import' };
import { buildSync } from 'esbuild';
import { startBitrix, type RunningBitrix } from './start.cts';

/** Bitrix's own client for JavaScript, over HTTPS, as strangers use it. */
export type Sdk = typeof import('@bitrix24/b24jssdk', { with: { 'resolution-mode': 'import' } });

/** A portal with a certificate of its own, and the client that trusts it. */
export class ForeignClient {
	readonly sdk: Sdk;
	private readonly directory = mkdtempSync(join(tmpdir(), 'sdk-'));

	private constructor(readonly bitrix: RunningBitrix) {
		globalAgent.options.ca = bitrix.certificate ?? '';
		this.sdk = loadSdk(this.directory);
	}

	static async start(): Promise<ForeignClient> {
		return new ForeignClient(await startBitrix({ https: true, requireHttps: true }));
	}

	async close(): Promise<void> {
		delete globalAgent.options.ca;
		globalAgent.destroy();
		rmSync(this.directory, { recursive: true });
		await this.bitrix.close();
	}

	hook(url = this.bitrix.webhookUrl): B24Hook {
		const client = this.sdk.B24Hook.fromWebhookUrl(url);
		client.offClientSideWarning();
		return client;
	}

	/** Asks the authorization server as an application does that has just got its code. */
	async oauth(): Promise<B24OAuth> {
		const { clientId, clientSecret, authorizeUrl, tokenUrl } = this.bitrix.oauth;
		const redirect = await trustingGet(`${authorizeUrl}?client_id=${clientId}&state=x`);
		const code = new URL(redirect.location ?? '').searchParams.get('code') ?? '';
		const answer = await trustingGet(
			`${tokenUrl}?grant_type=authorization_code&client_id=${clientId}&client_secret=${clientSecret}&code=${code}`,
		);
		const token = JSON.parse(answer.body) as Record<string, string & number>;
		const client = new this.sdk.B24OAuth(
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
}

/** It comes as ES modules, which Jest cannot load, so it is bundled first. */
function loadSdk(directory: string): Sdk {
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

async function trustingGet(url: string): Promise<{ location: string | undefined; body: string }> {
	return await new Promise((resolve, reject) => {
		get(url, (answer) => {
			const chunks: Buffer[] = [];
			answer.on('data', (chunk: Buffer) => chunks.push(chunk));
			answer.on('end', () => resolve({ location: answer.headers.location, body: Buffer.concat(chunks).toString() }));
		}).on('error', reject);
	});
}

/** The result of a method. Throws what the client reports. */
export async function call<T>(client: TypeB24, method: string, params: Record<string, unknown> = {}): Promise<T> {
	const answer: AjaxResult<T> = await client.actions.v2.call.make<T>({ method, params });
	if (!answer.isSuccess) throw new Error(answer.getErrorMessages().join('; '));
	return answer.getData()?.result as T;
}
