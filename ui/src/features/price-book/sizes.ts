/** Width of the column of names and height of the head, in pixels; the style sheet has them from here. */
export const NAME_WIDTH = 216;
export const HEAD_HEIGHT = 50;
