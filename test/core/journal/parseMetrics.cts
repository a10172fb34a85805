/** What a text in Prometheus' format says. */
export interface ParsedMetric {
	type: string;
	samples: Array<{ labels: Record<string, string>; value: number }>;
}

const SAMPLE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (-?(?:\d+(?:\.\d+)?(?:e[+-]?\d+)?|Inf|NaN))$/;
const LABEL = /^([a-zA-Z_]\w*)="((?:[^"\\]|\\\\|\\"|\\n)*)"(?:,|$)/;

/** Reads the text format as strictly as Prometheus does: HELP and TYPE once, before the samples, and each series once. */
export function parseMetrics(text: string): Record<string, ParsedMetric> {
	if (!text.endsWith('\n')) throw new Error('The last line does not end');
	const metrics: Record<string, ParsedMetric> = {};
	const helps = new Set<string>();
	const series = new Set<string>();
	for (const line of text.slice(0, -1).split('\n')) {
		const [, mark, name = '', rest = ''] = /^# (HELP|TYPE) (\S+) (.*)$/.exec(line) ?? [];
		if (mark === 'HELP') {
			if (helps.has(name)) throw new Error(`HELP twice: ${name}`);
			helps.add(name);
		} else if (mark === 'TYPE') {
			if (metrics[name] || !/^(counter|gauge)$/.test(rest)) throw new Error(`TYPE: ${line}`);
			metrics[name] = { type: rest, samples: [] };
		} else {
			const [, metric = '', labels = '', value] = SAMPLE.exec(line) ?? [];
			if (!metrics[metric] || !helps.has(metric) || series.has(`${metric}{${labels}}`)) throw new Error(`Sample: ${line}`);
			series.add(`${metric}{${labels}}`);
			metrics[metric].samples.push({ labels: parseLabels(labels), value: Number(value) });
		}
	}
	return metrics;
}

function parseLabels(text: string): Record<string, string> {
	const labels: Record<string, string> = {};
	for (let rest = text; rest !== ''; ) {
		const [whole, name = '', value = ''] = LABEL.exec(rest) ?? [];
		if (whole === undefined || name in labels) throw new Error(`Labels: ${text}`);
		labels[name] = value.replace(/\\(.)/g, (_, letter: string) => (letter === 'n' ? '\n' : letter));
		rest = rest.slice(whole.length);
	}
	return labels;
}
