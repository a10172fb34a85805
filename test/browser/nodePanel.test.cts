import { theBench } from './bench/bench.cts';
import { Editor } from './editor.cts';

describe('The list of nodes', () => {
	let editor: Editor;

	beforeAll(async () => {
		editor = await Editor.open(theBench().n8n);
		await editor.newWorkflow();
	});
	afterAll(async () => await editor?.close());

	it.each(['moysklad', 'МойСклад', 'bitrix', 'Битрикс'])('finds ours by "%s"', async (word) => {
		console.log(word, await editor.foundInNodePanel(word));
		expect(editor.faults.take()).toEqual([]);
	});
});
