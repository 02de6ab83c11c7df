/* tree.h - the nodes of a query over its terms. */
#ifndef MILL_TREE_H
#define MILL_TREE_H

#include <stdint.h>

/* NEAR: its leaves within `distance` words of each other, as FTS5 has it. */
enum node_kind { NODE_AND, NODE_OR, NODE_NOT, NODE_LEAF, NODE_NEAR };
struct node { enum node_kind kind; uint16_t leaf, first, next; /* nodes, 0 none */ uint32_t distance; };

#define QUERY_LEAVES 256
#define QUERY_NODES 1024

#endif
