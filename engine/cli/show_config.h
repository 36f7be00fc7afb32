/* Invariant: what is shown is what a check would use: the values come from the profiles that a check uses. */
#ifndef PV_CLI_SHOW_CONFIG_H
#define PV_CLI_SHOW_CONFIG_H

#include "cli/command.h"
#include "project/project.h"

/* Shows how each of the files would be judged, and who says so; without a file, how one in the folder of the first
 * argument would be. */
pv_exit pv_show_config(pv_library *library, pv_project *project, const pv_options *options, const pv_file_list *files);

#endif
