import { packageOfN8n } from '../n8n/cachedN8n.cts';
import { NodeLibrary } from '../n8n/nodeLibrary.cts';
import { repositoryRoot } from '../n8n/repository.cts';
import { findings, templates } from '../n8n/templates.cts';

describe('The templates', () => {
	it('can be imported and say what they need', async () => {
		const library = await NodeLibrary.load([repositoryRoot(), packageOfN8n('n8n-nodes-base')]);
		const faulty = [...templates()]
			.map(([file, template]) => [file, findings(template, library)] as const)
			.filter(([, found]) => found.length > 0);
		expect(Object.fromEntries(faulty)).toEqual({});
	});
});
