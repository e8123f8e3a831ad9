import MarkdownIt, { type Token } from 'markdown-it';
import { editBlockRule } from './editBlockRule.ts';
import { placeRule } from './placeRule.ts';

/**
 * CommonMark with tables, strikethrough and addresses as links. HTML is text. Reference definitions are text as well:
 * they would let a block change one that is already shown, and hide what the model wrote.
 */
const parser = new MarkdownIt({ html: false, linkify: true, breaks: true }).disable('reference');
// Every address reaches the tree, which decides what becomes a link and shows the rest as text.
parser.validateLink = () => true;
parser.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false }).add('ftp:', null).add('//', null);
parser.block.ruler.before('table', 'edit_block', editBlockRule, { alt: ['paragraph', 'blockquote', 'list'] });
parser.inline.ruler.before('emphasis', 'place', placeRule);

/** The tokens of a text, top-level ones with the lines they came from. */
export const parse = (text: string): Token[] => parser.parse(text, {});
