import { htmlText } from '../model/html';
import type { TimeShare } from './times';

const GOOD = '#2e9e5b';
const BAD = '#d64545';
const GREY = '#8a94a3';

const HEIGHT = 120;
const TOP = 16;
const LEFT = 44;

/** Bars of two colours beside each other, for what went well and what did not, as SVG without script and style sheet. `width` in pixels. */
export function timeChart(times: readonly TimeShare[], width: number): string {
	const most = Math.max(1, ...times.map(({ succeeded, failed }) => succeeded + failed));
	const step = (width - LEFT) / Math.max(1, times.length);
	const high = (count: number): number => (count === 0 ? 0 : Math.max(1.5, (HEIGHT * count) / most));
	const bar = (left: number, top: number, height: number, colour: string): string =>
		height === 0 ? '' : `<rect x="${short(left)}" y="${short(top)}" width="${short(Math.max(1, step * 0.8))}" height="${short(height)}" fill="${colour}"/>`;
	const bars = times.map(({ succeeded, failed }, index) => {
		const left = LEFT + index * step + step * 0.1;
		const [good, bad] = [high(succeeded), high(failed)];
		return bar(left, TOP + HEIGHT - good, good, GOOD) + bar(left, TOP + HEIGHT - good - bad, bad, BAD);
	});
	const label = (x: number, y: number, anchor: string, text: string): string => `<text x="${short(x)}" y="${short(y)}" font-size="11" fill="${GREY}" text-anchor="${anchor}">${htmlText(text)}</text>`;
	const line = (y: number): string => `<line x1="${LEFT}" y1="${short(y)}" x2="${width}" y2="${short(y)}" stroke="#dde1e7"/>`;
	const names = [...new Set([0, Math.floor((times.length - 1) / 2), times.length - 1])].filter((index) => index >= 0);
	const below = names.map((index, place) => label(place === 0 ? LEFT : place === names.length - 1 ? width : LEFT + (index + 0.5) * step, TOP + HEIGHT + 16, place === 0 ? 'start' : place === names.length - 1 ? 'end' : 'middle', timeName(times[index]?.at ?? '')));
	return svg(width, TOP + HEIGHT + 24, [line(TOP), line(TOP + HEIGHT), label(LEFT - 6, TOP + 4, 'end', countName(most)), label(LEFT - 6, TOP + HEIGHT + 4, 'end', '0'), ...bars, ...below]);
}

/** A part of a whole (0 to 1) as a bar, `width` in pixels; `bad`: the fuller, the worse. */
export function shareChart(share: number, width: number, bad: boolean): string {
	const full = Math.min(1, Math.max(0, share)) * width;
	const colour = !bad ? (share >= 0.99 ? GOOD : share >= 0.9 ? '#d9a420' : BAD) : share >= 0.9 ? BAD : share >= 0.6 ? '#d9a420' : GOOD;
	return svg(width, 8, [`<rect x="0" y="0" width="${width}" height="8" rx="2" fill="#e6e9ee"/>`, `<rect x="0" y="0" width="${short(full)}" height="8" rx="2" fill="${colour}"/>`]);
}

const svg = (width: number, height: number, parts: readonly string[]): string =>
	`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="sans-serif" style="vertical-align:middle;max-width:100%;height:auto">${parts.join('')}</svg>`;

const short = (value: number): string => String(Math.round(value * 10) / 10);

/** "2026-11-30" → "30 Nov", "2026-11-30T05:00+03:00" → "30 Nov 05:00". */
function timeName(at: string): string {
	const month = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'][Number(at.slice(5, 7)) - 1] ?? '';
	return `${Number(at.slice(8, 10))} ${month}${at.length > 10 ? ` ${at.slice(11, 16)}` : ''}`;
}

const countName = (count: number): string => (count < 10_000 ? String(count) : `${Math.round(count / 1000)}k`);
