/* measured FILE COMMAND [ARGUMENT…]: runs the command and writes into FILE what it took: seconds that passed, seconds
 * of the processors (its workers' too), the most kilobytes that one process held, and how it ended. */
#include <stdio.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double seconds_of(struct timeval time) {
    return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

int main(int argc, char **argv) {
    struct rusage usage;
    int status;
    if (argc < 3)
        return 2;
    double start = now();
    pid_t child = fork();
    if (child == 0) {
        execvp(argv[2], &argv[2]);
        perror(argv[2]);
        _exit(127);
    }
    if (child < 0 || wait4(child, &status, 0, &usage) != child)
        return 2;
    double passed = now() - start;
    FILE *file = fopen(argv[1], "w");
    if (!file)
        return 2;
    fprintf(file, "%.6f %.6f %ld %d\n", passed, seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime),
            usage.ru_maxrss, WIFEXITED(status) ? WEXITSTATUS(status) : -1);
    return fclose(file) == 0 ? 0 : 2;
}
