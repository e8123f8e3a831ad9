import './activation.test.ts';
import './badInput.test.ts';
import './formattedSaves.test.ts';
import './inline.test.ts';
import './inlineEdits.test.ts';
import './plannedEdits.test.ts';
import './proposals.test.ts';
import './serviceProblems.test.ts';
