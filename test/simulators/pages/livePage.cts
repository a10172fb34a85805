import { readFileSync } from 'node:fs';
import path from 'node:path';
import { repositoryRoot } from '../../n8n/repository.cts';
import type { Clock } from '../kernel/clock.cts';
import type { Answer, IncomingCall } from '../kernel/simulator.cts';
import { pageFrame } from './frame.cts';
import { html, type Html } from './html.cts';
import { logLines } from './log.cts';
import { Watch, type Shown } from './watch.cts';
import { languageOf, type CommonWords, type Language } from './words.cts';

/** Where the page of a platform lies: no path that the platform documents. */
export const PAGE_PATH = '/demo';

export const isPagePath = (called: string): boolean => called === PAGE_PATH || called.startsWith(`${PAGE_PATH}/`);

/** What somebody entered into a form, by the names of its fields. */
export type Entered = Readonly<Record<string, string>>;

/** What a platform shows on its page, and what can be done there. */
export interface PageContent<Thing extends Shown, Words extends CommonWords> {
	title: Record<Language, string>;
	/** For the colours of the page. */
	theme: 'store' | 'office';
	words: Record<Language, Words>;
	/**
	 * All that is shown, in its order.
	 * @param other the address of the page of the other platform; empty while it is not known
	 */
	things(other: string): Thing[];
	/** One of them, as an element with its key as `data-key`. */
	show(thing: Thing, words: Words): Html;
	/** The page between its head and its foot; lists are elements with `data-list`. */
	body(lists: (name: string) => Html[], words: Words, changes: Html): Html;
	/** By their names. They throw what the platform refuses, with a text for the person. */
	actions: Readonly<Record<string, (entered: Entered, words: Words) => unknown>>;
	/** Pictures that are not public by themselves. */
	picture?(id: string): Buffer | undefined;
}

const LOOK_EVERY = 500;
const ASSETS: Record<string, string> = { 'page.css': 'text/css; charset=utf-8', 'page.js': 'text/javascript; charset=utf-8', 'icon.svg': 'image/svg+xml' };
const FORM = 'application/x-www-form-urlencoded';

/** Only what comes from here may work in the page, whatever a name of a good contains. */
const POLICY = "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'";

/**
 * The page of a platform for people who look at the demo: shows what is there, takes what they do, and tells the browser each second
 * what has changed. `GET /demo` is the page, `GET /demo/live?since=N` what is new as JSON, `POST /demo/do/<action>` does something.
 */
export class LivePage<Thing extends Shown, Words extends CommonWords> {
	/** The address of the page of the other platform, once it is known. */
	other = '';
	private readonly watch = new Watch<Thing>();
	private readonly timer: NodeJS.Timeout;
	private looking: Promise<void> = Promise.resolve();

	constructor(
		private readonly content: PageContent<Thing, Words>,
		private readonly clock: Clock,
	) {
		this.timer = setInterval(() => void this.look(), LOOK_EVERY).unref();
	}

	close(): void {
		clearInterval(this.timer);
	}

	async answer(call: IncomingCall): Promise<Answer> {
		const place = call.path.slice(PAGE_PATH.length + 1);
		if (call.method === 'POST' && place.startsWith('do/')) return await this.act(place.slice('do/'.length), call);
		if (call.method !== 'GET') return plain(405, 'Method Not Allowed');
		if (place === '') return await this.page(call);
		if (place === 'live') return await this.live(call);
		return this.file(place);
	}

	/** Looks what is there now. One look after another: what was done on the page is told as its own. */
	private async look(act?: () => unknown): Promise<void> {
		const { content, watch, clock } = this;
		const looked = this.looking.then(async () => {
			watch.look(content.things(this.other), clock.now(), false);
			if (!act) return;
			try {
				await act();
			} finally {
				watch.look(content.things(this.other), clock.now(), true);
			}
		});
		this.looking = looked.catch(() => undefined);
		await looked;
	}

	private async page(call: IncomingCall, notice = ''): Promise<Answer> {
		await this.look();
		const { content, watch, other } = this;
		const language = languageOf(call);
		const words = content.words[language];
		const shown = watch.all();
		const lists = (name: string): Html[] => shown.filter(({ list }) => list === name).map((thing) => content.show(thing, words));
		const body = content.body(lists, words, html`<ol class="log" id="log">${logLines(watch.changes, words)}</ol>`);
		const { title, theme } = content;
		const text = pageFrame({ title: title[language], theme, language, words, revision: watch.revision, other, notice, body }).text;
		return { status: notice === '' ? 200 : 400, headers: { ...KEPT_BY_NOBODY, 'content-type': 'text/html; charset=utf-8', 'content-security-policy': POLICY }, body: text };
	}

	private async live(call: IncomingCall): Promise<Answer> {
		await this.look();
		const { content, watch } = this;
		const words = content.words[languageOf(call)];
		const since = Number(new URLSearchParams(call.query).get('since') ?? 0);
		if (since === watch.revision) return json(200, { revision: since });
		const { things, gone } = watch.since(since);
		const shown = things.map(({ thing, before }) => ({ key: thing.key, list: thing.list, before, html: content.show(thing, words).text }));
		return json(200, { revision: watch.revision, things: shown, gone, log: logLines(watch.changes, words).text });
	}

	private async act(name: string, call: IncomingCall): Promise<Answer> {
		const words = this.content.words[languageOf(call)];
		const wantsJson = String(call.headers.accept ?? '').includes('application/json');
		const { 'content-type': type = '', 'sec-fetch-site': from = 'same-origin' } = call.headers;
		// A page of somebody else that is open in the same browser pushes no buttons here.
		if (!String(type).startsWith(FORM) || !['same-origin', 'none'].includes(String(from))) return plain(403, 'Forbidden');
		const action = Object.hasOwn(this.content.actions, name) ? this.content.actions[name] : undefined;
		try {
			if (!action) throw new RangeError(words.wrongAction);
			await this.look(() => action(Object.fromEntries(new URLSearchParams(call.body.toString('utf8'))), words));
		} catch (error) {
			const message = error instanceof Error ? error.message : String(error);
			return wantsJson ? json(400, { error: message }) : await this.page(call, message);
		}
		if (wantsJson) return json(200, { message: words.done });
		return { status: 303, headers: { location: `${PAGE_PATH}${call.query === '' ? '' : `?${call.query}`}` }, body: '' };
	}

	private file(place: string): Answer {
		const type = ASSETS[place];
		if (type) return { status: 200, headers: { ...KEPT_BY_NOBODY, 'content-type': type }, body: readFileSync(path.join(repositoryRoot(), 'test/simulators/pages', place)) };
		const picture = place.startsWith('picture/') ? this.content.picture?.(place.slice('picture/'.length)) : undefined;
		return picture ? { status: 200, headers: { 'content-type': 'image/png', 'cache-control': 'max-age=3600' }, body: picture } : plain(404, 'Not Found');
	}
}

const KEPT_BY_NOBODY = { 'cache-control': 'no-store' };

const plain = (status: number, body: string): Answer => ({ status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body });

const json = (status: number, value: unknown): Answer => ({ status, headers: { ...KEPT_BY_NOBODY, 'content-type': 'application/json; charset=utf-8' }, body: JSON.stringify(value) });
