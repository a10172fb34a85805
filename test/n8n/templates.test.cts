import { deepCopy, type INode } from 'n8n-workflow';
import { packageOfN8n } from './cachedN8n.cts';
import { fixturePackage } from './fixture/package.cts';
import { NodeLibrary } from './nodeLibrary.cts';
import { findings, type Template } from './templates.cts';
import { node, to } from './workflowDraft.cts';

const NAME = 'n8n-nodes-probe';
const uuid = (digit: number): string => `${digit}`.repeat(8) + '-0000-4000-8000-000000000000';

const SOUND: Template = {
	name: 'Sort things',
	nodes: [
		node('Readme', 'n8n-nodes-base.stickyNote', { content: '## Sort\nUses `{{ $json.ok }}`' }, { id: uuid(1) }),
		node('A thing came', `${NAME}.probeTrigger`, {}, { id: uuid(2), webhookId: uuid(2) }),
		node('Sort it', `${NAME}.probe`, { operation: 'fail', needed: '={{ $json.event }}' }, { id: uuid(3) }),
		node(
			'Keep good things',
			'n8n-nodes-base.executeWorkflow',
			{ workflowId: { __rl: true, mode: 'id', value: '={{ $workflow.id }}' }, options: {} },
			{ id: uuid(4), typeVersion: 1.2 },
		),
		node(
			'Every hour',
			'n8n-nodes-base.scheduleTrigger',
			{ rule: { interval: [{ field: 'hours', hoursInterval: 1 }] } },
			{ id: uuid(5), typeVersion: 1.2 },
		),
	],
	connections: {
		'A thing came': { main: [to('Sort it')] },
		'Every hour': { main: [to('Sort it')] },
		'Sort it': { main: [to('Keep good things'), []] },
	},
	settings: { executionOrder: 'v1' },
};

describe('The check of templates', () => {
	const fixture = fixturePackage(NAME);
	let library: NodeLibrary;
	beforeAll(async () => {
		library = await NodeLibrary.load([fixture.folder, packageOfN8n('n8n-nodes-base')]);
	});
	afterAll(() => fixture.remove());

	it('finds nothing in a sound one', () => {
		expect(findings(SOUND, library)).toEqual([]);
	});

	type Change = (
		template: Template,
		nodes: Record<'sticky' | 'trigger' | 'probe' | 'call' | 'schedule', INode>,
	) => void;
	const broken: Array<[what: string, change: Change, finding: { node?: string; text: string }]> = [
		[
			'a name of another package',
			(_, { probe }) => (probe.type = 'CUSTOM.probe'),
			{ node: 'Sort it', text: 'its type "CUSTOM.probe" does not exist' },
		],
		[
			'a version that is gone',
			(_, { probe }) => (probe.typeVersion = 7),
			{ node: 'Sort it', text: 'its type has no version 7, only 1, 2' },
		],
		[
			'a parameter that is gone',
			(_, { probe }) => (probe.parameters.old = 1),
			{ node: 'Sort it', text: 'its parameter "old" does not exist, or not in this combination' },
		],
		[
			'a parameter of another operation',
			(_, { probe }) => (probe.parameters = { operation: 'sort', needed: 'x' }),
			{ node: 'Sort it', text: 'its parameter "needed" does not exist, or not in this combination' },
		],
		[
			'a required parameter left empty',
			(_, { probe }) => (probe.parameters.needed = ''),
			{ node: 'Sort it', text: 'Parameter "needed" is required.' },
		],
		[
			'an operation that is gone',
			(_, { probe }) => (probe.parameters = { operation: 'merge' }),
			{
				node: 'Sort it',
				text: 'its parameter "operation" has the value "merge", which is none of sort, request, fail, wait, reverse',
			},
		],
		[
			'an option that is gone, deep inside',
			(_, { schedule }) => (schedule.parameters = { rule: { interval: [{ field: 'fortnights' }] } }),
			{
				node: 'Every hour',
				text: expect.stringContaining('its parameter "rule.interval.field" has the value "fortnights"'),
			},
		],
		[
			'an environment variable',
			(_, { probe }) => (probe.parameters.needed = '={{ $env.TOKEN }}'),
			{ node: 'Sort it', text: 'it reads $env, which n8n blocks: ={{ $env.TOKEN }}' },
		],
		[
			'a spread that older versions of n8n do not know',
			(_, { probe }) => (probe.parameters.needed = '={{ ({ ...$json, one: 1 }) }}'),
			{ node: 'Sort it', text: 'it spreads a variable of n8n itself, which is nothing on n8n 2.20 and older: ={{ ({ ...$json, one: 1 }) }}' },
		],
		[
			'an expression that is none',
			(_, { probe }) => (probe.parameters.needed = '{{ $json.event }}'),
			{ node: 'Sort it', text: 'an expression without "=" is only text: {{ $json.event }}' },
		],
		[
			'a credential',
			(_, { probe }) => (probe.credentials = { probeApi: { id: '1', name: 'mine' } }),
			{ node: 'Sort it', text: 'it has credentials' },
		],
		[
			'a trigger without an address',
			(_, { trigger }) => delete trigger.webhookId,
			{ node: 'A thing came', text: 'it has no webhookId, so no lasting address' },
		],
		[
			'a fixed workflow id',
			(_, { call }) => (call.parameters.workflowId = 'abc'),
			{ node: 'Keep good things', text: 'it calls a workflow by an id, which changes on import' },
		],
		[
			'a table that two workflows cannot make at once',
			(_, { call }) =>
				Object.assign(call, { type: 'n8n-nodes-base.dataTable', typeVersion: 1.1, parameters: { resource: 'table', operation: 'create', tableName: 'things', columns: {}, options: { createIfNotExists: true } } }),
			{ node: 'Keep good things', text: 'it fails where another workflow makes the same table at the same moment' },
		],
		['an id that is no UUID', (_, { probe }) => (probe.id = 'x'), { node: 'Sort it', text: 'its id is no UUID' }],
		[
			'an id that occurs twice',
			(_, { probe }) => (probe.id = uuid(2)),
			{ node: 'Sort it', text: `its id "${uuid(2)}" occurs twice` },
		],
		[
			'a name that occurs twice',
			(_, { sticky }) => (sticky.name = 'Sort it'),
			{ node: 'Sort it', text: 'its name "Sort it" occurs twice' },
		],
		[
			'a connection to nowhere',
			({ connections }) => (connections['Keep good things'] = { main: [to('Gone')] }),
			{ text: 'a connection ends at "Gone", which is no node' },
		],
		[
			'a connection from nowhere',
			({ connections }) => (connections.Gone = { main: [to('Sort it')] }),
			{ text: 'a connection begins at "Gone", which is no node' },
		],
		[
			'a connection from an output that is gone',
			({ connections }) => (connections['Sort it'] = { main: [to('Keep good things'), [], to('Keep good things')] }),
			{ text: '"Sort it" has no output 2' },
		],
		[
			'a node that nothing reaches',
			({ connections }) => delete connections['Sort it'],
			{ node: 'Keep good things', text: 'no trigger leads to it' },
		],
		[
			'a second trigger of which n8n imports one',
			({ nodes, connections }) => {
				for (const [index, name] of ['Run now', 'Look now'].entries()) {
					nodes.push(node(name, 'n8n-nodes-base.manualTrigger', {}, { id: uuid(6 + index) }));
					connections[name] = { main: [to('Sort it')] };
				}
			},
			{ node: 'Look now', text: 'n8n takes 1 of its type a workflow' },
		],
		['no explanation', (template) => template.nodes.shift(), { text: 'it has no sticky note that explains it' }],
		[
			'an old execution order',
			(template) => (template.settings = {}),
			{ text: '"settings.executionOrder" is not "v1"' },
		],
		[
			'an error workflow',
			({ settings }) => Object.assign(settings as object, { errorWorkflow: 'abc' }),
			{ text: '"settings.errorWorkflow" holds an id, which changes on import' },
		],
		['what belongs to one n8n', (template) => (template.versionId = 'abc'), { text: '"versionId" belongs to one n8n' }],
		[
			'the id of an n8n',
			(template) => (template.meta = { instanceId: 'abc' }),
			{ text: '"meta.instanceId" belongs to one n8n' },
		],
	];

	it.each(broken)('finds %s', (_, change, finding) => {
		const template = deepCopy(SOUND);
		const [sticky, trigger, probe, call, schedule] = template.nodes as [INode, INode, INode, INode, INode];
		change(template, { sticky, trigger, probe, call, schedule });
		expect(findings(template, library)).toEqual([finding]);
	});
});
