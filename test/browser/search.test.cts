import { N8nApi } from '../n8n/api.cts';
import { theBench } from './bench/bench.cts';
import { Editor } from './editor.cts';
import { described, ourNodes } from './ourNodes.cts';

/** By which words people look for the nodes of each folder. */
const WORDS: Record<string, string[]> = {
	MoySklad: ['moysklad', 'МойСклад', 'мой склад'],
	Bitrix: ['bitrix', 'Битрикс'],
	Sync: ['moysklad', 'МойСклад', 'bitrix', 'Битрикс'],
};

describe('The list of all nodes', () => {
	let editor: Editor;
	const titles = new Map<string, string[]>();

	beforeAll(async () => {
		const { n8n } = theBench();
		const api = await N8nApi.logIn(n8n);
		for (const node of ourNodes()) titles.set(node.folder, [...(titles.get(node.folder) ?? []), (await described(api, node)).displayName]);
		editor = await Editor.open(n8n);
		await editor.newWorkflow();
	});
	afterAll(async () => await editor?.close());

	it('has a word for each folder of nodes', () => {
		expect(Object.keys(WORDS).sort()).toEqual([...titles.keys()].sort());
	});

	it.each([...new Set(Object.values(WORDS).flat())])('finds ours by "%s"', async (word) => {
		const expected = Object.entries(WORDS).flatMap(([folder, words]) => (words.includes(word) ? (titles.get(folder) ?? []) : []));
		expect(await editor.foundInNodePanel(word, expected)).toEqual(expect.arrayContaining(expected));
		expect(editor.faults.take()).toEqual([]);
	});
});
