import type { Answer, IncomingCall } from '../../kernel/simulator.cts';
import { parsePhpQuery } from '../wire/phpQuery.cts';
import { asText, type Params } from '../wire/params.cts';
import type { Session } from './sessions.cts';
import type { ExchangeSite } from './site.cts';

export const EXCHANGE_PATH = '/bitrix/admin/1c_exchange.php';

/** A request to the exchange, with the session it belongs to. */
export interface ExchangeCall {
	site: ExchangeSite;
	session: Session;
	query: Params;
	type: string;
	mode: string;
	/** `X-Bitrix-Csrf-Token`, which does as well as `sessid`. */
	csrfToken: string;
	/** The raw body of a POST. */
	body: Buffer;
}

/** What a mode answers: lines of text, or a whole answer. */
export type ExchangeMode = (call: ExchangeCall) => string | Answer | Promise<string | Answer>;

export const parameter = ({ query }: ExchangeCall, name: string): string => asText(query[name]);

/** `type` and `mode` of a request. Queries and info of orders may come with the mode in a form. */
export function commandOf({ query, method, body, headers }: IncomingCall): { type: string; mode: string } {
	const params = parsePhpQuery(query);
	const type = asText(params.type);
	const isForm = method === 'POST' && /^application\/x-www-form-urlencoded/i.test(String(headers['content-type']));
	const posted = isForm && type === 'sale' ? asText(parsePhpQuery(body.toString('utf8')).mode) : '';
	return { type, mode: asText(params.mode) || (['query', 'info'].includes(posted) ? posted : '') };
}

/** The body as PHP hands it on: forms with files are taken apart, and a GET has none. */
export const rawBody = ({ method, body, headers }: IncomingCall): Buffer =>
	method !== 'POST' || /^multipart\/form-data/i.test(String(headers['content-type'])) ? Buffer.alloc(0) : body;
