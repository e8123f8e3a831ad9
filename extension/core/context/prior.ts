const tests =
  /(^|\/)(tests?|__tests__|specs?|testing|mocks?|fixtures|testdata)\/|\.(test|spec)\.|_test\.\w+$|(^|\/)test_[^/]*$/i;
const documents = /(^|\/)(docs?|examples?|samples)\/|\.(md|mdx|rst|txt|adoc)$|(^|\/)(CHANGELOG|LICENSE|README)/i;

/** Whether a path is of a test, by the conventions of the languages. */
export const isTest = (path: string): boolean => tests.test(path);

/** What a match in a file is worth: tests and documents mention everything and explain little (context-packing.md section 0). */
export const prior = (path: string): number => (tests.test(path) || documents.test(path) ? 0.3 : 1);
