import './activation.test.ts';
import './badInput.test.ts';
import './inline.test.ts';
import './inlineEdits.test.ts';
import './proposals.test.ts';
