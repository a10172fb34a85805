import { clockTime } from './figures.cts';
import { html, type Html } from './html.cts';
import type { Change } from './watch.cts';
import type { CommonWords } from './words.cts';

const MOST_LINES = 8;

/** What changed last, with its time, for people. */
export function logLines(changes: readonly Change[], words: CommonWords): Html {
	if (changes.length === 0) return html`<li class="nothing">${words.noChanges}</li>`;
	return html`${changes.slice(0, MOST_LINES).map((change) => line(change, words))}`;
}

const line = ({ at, key, title, isOwn, ...change }: Change, words: CommonWords): Html =>
	html`<li class="${isOwn ? 'own' : 'over'}"><time datetime="${new Date(at).toISOString()}">${clockTime(at)}</time> <span class="origin">${isOwn ? words.here : words.over}</span> <a href="#${key}">${title}</a>: ${what(change, words)}</li>`;

function what({ figure, from, to }: Pick<Change, 'figure' | 'from' | 'to'>, words: CommonWords): Html {
	if (figure === undefined) return html`<b>${words.isNew}</b>`;
	const name = words[figure as keyof CommonWords] ?? figure;
	return html`${name.toLowerCase()} ${from || '–'} → <b>${to || '–'}</b>`;
}
