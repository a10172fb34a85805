import type { Answer, IncomingCall } from '../../kernel/simulator.cts';
import { htmlAnswer } from '../wire/envelope.cts';
import { parsePhpQuery } from '../wire/phpQuery.cts';
import { refuseCatalog, refuseSale, logIn } from './access.cts';
import { crashAnswer, failure, textAnswer, TEXTS } from './answers.cts';
import { commandOf, EXCHANGE_PATH, rawBody, type ExchangeCall, type ExchangeMode } from './call.cts';
import { catalogModes, referenceModes } from './catalogModes.cts';
import { saleModes } from './saleModes.cts';
import { COOKIE_NAME, cookieIn, holding } from './sessions.cts';
import { PhpFatal, type ExchangeSite } from './site.cts';

interface ExchangeType {
	refuse(call: ExchangeCall): string | Answer | undefined;
	modes: Readonly<Record<string, ExchangeMode>>;
}

const TYPES: Readonly<Record<string, ExchangeType>> = {
	catalog: { refuse: refuseCatalog, modes: catalogModes },
	reference: { refuse: refuseCatalog, modes: referenceModes },
	sale: { refuse: refuseSale, modes: saleModes },
};

/** `/bitrix/admin/1c_exchange.php`: the site as 1C sees it. */
export class ExchangeEndpoint {
	constructor(readonly site: ExchangeSite) {}

	/** Bitrix24 in the cloud has no such file: it is not found there. */
	handles(call: IncomingCall): boolean {
		return call.path === EXCHANGE_PATH && this.site.portal.options.edition !== 'cloud';
	}

	/** `1c_exchange catalog import`; what is no known type or mode is `?`. */
	route(call: IncomingCall): string {
		const { type, mode } = commandOf(call);
		const modes = Object.hasOwn(TYPES, type) ? TYPES[type]?.modes : undefined;
		return `1c_exchange ${modes ? type : '?'} ${modes && Object.hasOwn(modes, mode) ? mode : '?'}`;
	}

	/** A too busy, broken or closed site answers before PHP has a say. */
	refusal(kind: 'rateLimit' | 'serverError' | 'unavailable'): Answer {
		if (kind === 'serverError') return crashAnswer();
		return kind === 'rateLimit' ? htmlAnswer(429, '429 Too Many Requests') : htmlAnswer(503, '503 Service Unavailable');
	}

	async answer(call: IncomingCall): Promise<Answer> {
		const { settings, sessions } = this.site;
		if (settings.maxBody !== null && call.body.length > settings.maxBody)
			return htmlAnswer(413, '413 Request Entity Too Large');
		if (settings.licenceExpired) return htmlAnswer(200, TEXTS.licence);
		const { session, isNew } = sessions.open(cookieIn(headerOf(call, 'cookie')), call.address ?? '');
		const answer = await holding(session, async () => await this.run({ ...this.read(call), session }, call));
		return isNew ? withCookie(answer, session.id) : answer;
	}

	private read(call: IncomingCall): Omit<ExchangeCall, 'session'> {
		return {
			site: this.site,
			query: parsePhpQuery(call.query),
			csrfToken: headerOf(call, 'x-bitrix-csrf-token') ?? '',
			body: rawBody(call),
			...commandOf(call),
		};
	}

	private async run(call: ExchangeCall, { headers }: IncomingCall): Promise<Answer> {
		logIn(call, typeof headers.authorization === 'string' ? headers.authorization : undefined);
		try {
			const said = await this.carryOut(call);
			return typeof said === 'string' ? textAnswer(this.site.settings.charset, said) : said;
		} catch (error) {
			if (error instanceof PhpFatal) return crashAnswer();
			throw error;
		}
	}

	private async carryOut(call: ExchangeCall): Promise<string | Answer> {
		const type = Object.hasOwn(TYPES, call.type) ? TYPES[call.type] : undefined;
		if (!type) return failure(TEXTS.type);
		const refused = type.refuse(call);
		if (refused !== undefined) return refused;
		if (call.mode === '') return '';
		const mode = Object.hasOwn(type.modes, call.mode) ? type.modes[call.mode] : undefined;
		return mode ? await mode(call) : failure(TEXTS.command);
	}
}

function headerOf({ headers }: IncomingCall, name: string): string | undefined {
	const value = headers[name];
	return Array.isArray(value) ? value.join('; ') : value;
}

const withCookie = (answer: Answer, id: string): Answer => ({
	...answer,
	headers: { ...answer.headers, 'set-cookie': `${COOKIE_NAME}=${id}; path=/; HttpOnly` },
});
