import type { Template } from '../../n8n/templates.cts';
import { WINDOW } from '../browser.cts';
import type { Editor } from '../editor.cts';
import type { Pictures } from './pictures.cts';

/** What stands around and over the canvas, and the dots under it. */
const NOT_IN_THE_PICTURE = ['#sidebar', '[data-test-id="main-sidebar"]', 'header', '[data-test-id="canvas-controls"]', '[data-test-id="canvas-minimap"]', '[data-test-id="logs-panel"]', '[data-test-id="canvas-background"]', '[data-test-id="execute-workflow-button"]', '[data-test-id="radio-button-workflow"]', '[class*="nodeButtonsWrapper"]', '[class*="executionButtons"]'];

/** Width and height of a node with its name, in the canvas. */
const NODE = { width: 120, height: 150 };
const MARGIN = 160;

/** A larger picture would take too many bytes of the docs. */
const MOST_PIXELS = 2_000_000;
const NARROWEST = 1_000;

/** Takes a picture of the whole workflow that is open, as large as its names need, and gives the window its size back. */
export async function takeCanvas(editor: Editor, pictures: Pictures, name: string, template: Template): Promise<void> {
	const { page } = editor;
	const hidden = await page.addStyleTag({ content: `${NOT_IN_THE_PICTURE.join(', ')} { display: none !important; }` });
	await page.setViewportSize(windowFor(template));
	await editor.fitCanvas();
	const box = await editor.part('canvas-wrapper').boundingBox();
	if (!box) throw new Error('There is no canvas');
	await pictures.take(page, name, box);
	await hidden.evaluate((style) => (style as HTMLElement).remove());
	await page.setViewportSize(WINDOW);
}

function windowFor({ nodes }: Template): { width: number; height: number } {
	const side = (axis: 0 | 1, size: 'width' | 'height'): number => {
		const ends = nodes.map(({ position, parameters }) => position[axis] + ((parameters[size] as number | undefined) ?? NODE[size]));
		return Math.max(...ends) - Math.min(...nodes.map(({ position }) => position[axis])) + 2 * MARGIN;
	};
	const [wide, high] = [side(0, 'width'), side(1, 'height')];
	const zoom = Math.min(1, Math.sqrt(MOST_PIXELS / (wide * high)));
	return { width: Math.round(Math.max(wide * zoom, NARROWEST)), height: Math.round(high * zoom) };
}
