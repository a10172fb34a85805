import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ExecutionStatus } from 'n8n-workflow';
import { connectApplication, giveApplication } from '../demo/application.cts';
import { EXCHANGE_STORE } from '../demo/exchangeJob.cts';
import { Installation } from '../demo/installation.cts';
import { useDatabase } from '../e2e/inboxEvents.cts';
import { putToSleep } from '../e2e/publishSleeping.cts';
import type { Execution } from '../n8n/api.cts';
import { templates, type Template } from '../n8n/templates.cts';
import { waitFor } from '../n8n/waiting.cts';
import { Scratch } from '../queue/scratch.cts';
import { Editor } from './editor.cts';
import { AWAITED, CALLING_THEMSELVES, PREPARATIONS, SETTINGS } from './templateRuns.cts';
import { LOGIN, lockForm } from './wizard.cts';

const WITHIN_MS = 120_000;

/** The end of a run that left the work to another one. */
const LEFT_IT = 'Another Run Works';

const GOING: ExecutionStatus[] = ['new', 'running', 'waiting', 'unknown'];

const manualTriggerOf = ({ nodes }: Template): string | undefined => nodes.find(({ type }) => type === 'n8n-nodes-base.manualTrigger')?.name;

/** What the wizard keeps in its table would hold for the templates after it. */
const IN_ORDER = [...templates()]
	.map(([file, template]) => ({ file, template, number: file.slice(0, file.indexOf('-')) }))
	.sort((one, other) => Number(one.number === '00') - Number(other.number === '00'));

/** One n8n in which the templates are imported one after the other, as by a user who sets all of them up. */
describe('A template that is imported by file', () => {
	const folder = mkdtempSync(path.join(tmpdir(), 'filled-in-'));
	let installation: Installation;
	let editor: Editor;
	let database: Scratch;

	beforeAll(async () => {
		database = await Scratch.make();
		installation = await Installation.start({
			moySklad: { size: { products: 12, pictures: 0 } },
			bitrix: { orders: 2, deals: 2 },
			exchangeStore: { ...EXCHANGE_STORE, orders: 2 },
			settings: SETTINGS,
		});
		const application = await connectApplication(installation);
		for (const number of ['29', '29b']) await giveApplication(installation, number, application);
		for (const number of ['00', '25']) await lockForm(installation, number);
		await useDatabase(installation, database.database, '10b', '11b', '33b');
		editor = await Editor.open(installation.api);
		await editor.browser.keepLogin(LOGIN);
	});
	afterAll(async () => {
		await editor?.close();
		await installation?.stop();
		await database?.remove();
		rmSync(folder, { recursive: true });
	});

	/** The template as a user has it who chose everything and downloaded it. */
	function filledInFile(number: string): string {
		const { name, nodes, connections, settings } = installation.workflow(number);
		if (CALLING_THEMSELVES.includes(number)) putToSleep({ nodes });
		const file = path.join(folder, `${number}.json`);
		writeFileSync(file, JSON.stringify({ name, nodes, connections, settings }));
		return file;
	}

	/** Publishes an imported workflow, and waits for the run that this starts where it has such a trigger. */
	async function publish(id: string, { nodes }: Template): Promise<void> {
		await installation.api.publish(id);
		if (nodes.some(({ type }) => type === 'n8n-nodes-base.n8nTrigger')) await installation.api.finishedExecutions(id, 1, WITHIN_MS);
	}

	/** Waits for the execution that a click started, and for all others of the same workflow. */
	async function ended(id: string): Promise<Execution[]> {
		const { api } = installation;
		const all = await waitFor('The end', WITHIN_MS, async () => {
			const executions = await api.executions(id);
			const clicked = executions.some(({ mode }) => mode === 'manual');
			return clicked && !executions.some(({ status }) => GOING.includes(status)) ? executions : undefined;
		});
		return await Promise.all(all.map(async (one) => await api.execution(one.id)));
	}

	// What a test that failed left behind is not told of the next one.
	beforeEach(() => void editor.faults.take());

	it('is executed by a click alone, but for those that wait for somebody else', () => {
		const waiting = IN_ORDER.filter(({ template }) => !manualTriggerOf(template)).map(({ number }) => number);
		expect(Object.keys(AWAITED).sort()).toEqual(waiting.sort());
	});

	it.each(IN_ORDER)('$file: ends green', async ({ number, template }) => {
		const { api } = installation;
		await PREPARATIONS[number]?.(installation);
		const id = await editor.importFile(filledInFile(number), template.name);
		if (CALLING_THEMSELVES.includes(number)) await publish(id, template);
		await editor.openWorkflow(id);
		expect(await editor.nodesLeftMarked()).toEqual([]);
		const awaited = AWAITED[number];
		const click = async (): Promise<void> => await editor.execute(awaited?.trigger ?? String(manualTriggerOf(template)));
		await (awaited ? awaited.happen(installation, editor, click) : click());
		const executions = await ended(id);
		expect(executions.flatMap(faultsOf)).toEqual([]);
		const [clicked] = executions.filter(({ mode }) => mode === 'manual');
		expect(clicked?.run.executed).not.toContain(LEFT_IT);
		await editor.waitUntilRun();
		const executed = switchedOn(template, clicked?.run.executed ?? []);
		expect((await editor.greenNodes(executed.length)).sort()).toEqual(executed.sort());
		expect(await editor.markedNodes()).toEqual([]);
		expect(editor.faults.take()).toEqual([]);
		if (CALLING_THEMSELVES.includes(number)) await api.unpublish(id);
	});
});

/** What is off lets items pass, and gets no mark. */
const switchedOn = ({ nodes }: Template, names: string[]): string[] => names.filter((name) => !nodes.some((node) => node.name === name && node.disabled));

/** Which node failed with what message, of an execution that did not end well. */
function faultsOf({ mode, status, run }: Execution): string[] {
	if (status === 'success') return [];
	const { lastNodeExecuted = 'no node', error } = run.run.data.resultData;
	return [`${mode} execution, ${status} in "${lastNodeExecuted}": ${error?.message ?? 'without a message'}`];
}
