/** Longest file, in lines, that a model is asked to write whole. */
const shortFile = 300;

/** For a model that copies SEARCH lines badly. */
const whole = `Write every file of fewer than ${shortFile} lines whole, as a FILE block; use SEARCH only in longer ones.`;

/** The one form of edits, as the rules of a conversation tell it to the model; `prefersWhole` where blocks seldom fit. */
export const editFormat = (
  prefersWhole = false,
): string => `Write each change as a block of exactly this form, the path on a line of its own:

path/to/file
<<<<<<< SEARCH
the exact lines to replace, copied from the file with their indentation
=======
the lines that replace them
>>>>>>> REPLACE

Copy the SEARCH lines character for character, whole lines only, and take enough of them to occur once in the file. Keep \
blocks small and in the order of the file; one block may change what an earlier one wrote. To make a new file leave the \
SEARCH part empty. To rewrite most of a file of fewer than ${shortFile} lines give its whole new text instead:

path/to/file
<<<<<<< FILE
every line of the file
>>>>>>> FILE

To delete or rename a file write one line, closed as shown; after a renaming use the new path:

<<<<<<< DELETE path/to/file >>>>>>>
<<<<<<< RENAME old/path -> new/path >>>>>>>

Paths are relative, with /. Never leave lines out with "..." or a comment such as "rest unchanged": what you write is put \
into the file as it stands. A line with ****** or [secret removed] holds a secret that you are not shown: leave it as it \
is.${prefersWhole ? ` ${whole}` : ''}`;
