/*
 * The head of an AppImage (type 2, github.com/AppImage/AppImageSpec): a program with a squashfs image behind its own end.
 * It mounts the image where FUSE is to be had, unpacks it to a temporary folder elsewhere, and starts AppRun in it.
 * `npm run dist` builds it where electron-builder's own cannot be downloaded.
 */
#define _GNU_SOURCE
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <squashfuse/ll.h>

/* The image is compressed by zstd; what squashfuse knows besides is left out. All answer as for damaged data. */
int lzo1x_decompress_safe(void) { return -1; }
int lzma_stream_buffer_decode(void) { return 9; }
int LZ4_decompress_safe(void) { return -1; }
int uncompress(void) { return -3; }

static char image[PATH_MAX];
static char dir[PATH_MAX];

static void fail(const char *what) {
  fprintf(stderr, "gradwire: %s: %s\n", what, strerror(errno));
  exit(127);
}

/* Where the program ends and the image begins: behind the table of sections, which is the last part of an ELF file. */
static size_t image_offset(void) {
  Elf64_Ehdr head;
  int file = open(image, O_RDONLY | O_CLOEXEC);
  if (file < 0 || read(file, &head, sizeof head) != sizeof head) fail("the AppImage cannot be read");
  close(file);
  return head.e_shoff + (size_t)head.e_shentsize * head.e_shnum;
}

/* A new folder for the app, readable by nobody else. */
static void make_dir(void) {
  const char *parent = getenv("TMPDIR");
  snprintf(dir, sizeof dir, "%s/.gradwire-XXXXXX", parent && *parent ? parent : "/tmp");
  if (!mkdtemp(dir)) fail("no temporary folder can be made");
}

/* ---- unpacking ---- */

static int copy_file(sqfs *fs, sqfs_inode *inode, const char *to) {
  static char buffer[1 << 20];
  const sqfs_off_t all = inode->xtra.reg.file_size;
  int file = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, inode->base.mode & 0777);
  if (file < 0) return -1;
  for (sqfs_off_t at = 0, size; at < all; at += size) {
    size = sizeof buffer;
    errno = EIO;
    if (sqfs_read_range(fs, inode, at, &size, buffer) || size <= 0) return -1;
    if (write(file, buffer, size) != size) return -1;
  }
  return close(file);
}

static int copy_link(sqfs *fs, sqfs_inode *inode, const char *to) {
  char target[PATH_MAX];
  size_t size = sizeof target;
  if (sqfs_readlink(fs, inode, target, &size)) { errno = EIO; return -1; }
  return symlink(target, to);
}

/* Writes the whole image into a folder that exists. */
static void unpack(const char *to) {
  sqfs fs;
  sqfs_traverse walk;
  sqfs_err error = SQFS_OK;
  if (sqfs_open_image(&fs, image, image_offset())) fail("the AppImage is damaged");
  if (sqfs_traverse_open(&walk, &fs, sqfs_inode_root(&fs))) fail("the AppImage is damaged");
  while (sqfs_traverse_next(&walk, &error)) {
    char path[PATH_MAX];
    sqfs_inode inode;
    if (walk.dir_end) continue;
    snprintf(path, sizeof path, "%s/%s", to, walk.path);
    if (sqfs_inode_get(&fs, &inode, sqfs_dentry_inode(&walk.entry))) { error = SQFS_ERR; break; }
    int done = S_ISDIR(inode.base.mode)   ? mkdir(path, 0755)
               : S_ISLNK(inode.base.mode) ? copy_link(&fs, &inode, path)
               : S_ISREG(inode.base.mode) ? copy_file(&fs, &inode, path)
                                          : 0;
    if (done != 0) fail(path);
  }
  errno = EIO;
  if (error) fail("the AppImage is damaged");
  sqfs_traverse_close(&walk);
}

static int remove_entry(const char *path, const struct stat *stat, int type, struct FTW *walk) {
  (void)stat, (void)type, (void)walk;
  return remove(path);
}

/* ---- mounting ---- */

static pthread_t server;
static int alive[2]; /* a pipe that ends with the last process of the app */

static void *wait_for_end(void *unused) {
  char byte;
  while (read(alive[0], &byte, 1) < 0 && errno == EINTR) continue;
  pthread_kill(server, SIGTERM);
  return unused;
}

/* In a process of its own: serves the image until the app has ended. */
static void serve(int ready) {
  static const struct fuse_lowlevel_ops ops = {
      .getattr = sqfs_ll_op_getattr,       .opendir = sqfs_ll_op_opendir,
      .releasedir = sqfs_ll_op_releasedir, .readdir = sqfs_ll_op_readdir,
      .lookup = sqfs_ll_op_lookup,         .open = sqfs_ll_op_open,
      .create = sqfs_ll_op_create,         .release = sqfs_ll_op_release,
      .read = sqfs_ll_op_read,             .readlink = sqfs_ll_op_readlink,
      .forget = sqfs_ll_op_forget,         .statfs = stfs_ll_op_statfs,
  };
  char *words[] = {"gradwire", "-oro,nodev,nosuid,subtype=gradwire", NULL};
  struct fuse_args args = FUSE_ARGS_INIT(2, words);
  sqfs_ll ll = {0};
  sqfs_ll_chan channel;
  pthread_t watcher;
  int quiet = open("/dev/null", O_RDWR);
  setsid();
  /* Where there is no FUSE its library says so at length; what follows is unpacking. */
  for (int each = 0; each < 3; each++) dup2(quiet, each);
  if (sqfs_open_image(&ll.fs, image, image_offset()) || sqfs_ll_init(&ll)) _exit(1);
  if (sqfs_ll_mount(&channel, dir, &args, (struct fuse_lowlevel_ops *)&ops, sizeof ops, &ll)) _exit(1);
  server = pthread_self();
  fuse_set_signal_handlers(channel.session);
  pthread_create(&watcher, NULL, wait_for_end, NULL);
  (void)!write(ready, "!", 1);
  close(ready);
  fuse_session_loop(channel.session);
  sqfs_ll_unmount(&channel, dir);
  rmdir(dir);
  _exit(0);
}

/* Whether the image is mounted now; it stays so while this process or a child of it lives. */
static int mount_image(void) {
  int ready[2];
  char byte;
  if (access("/dev/fuse", R_OK | W_OK) || pipe2(ready, O_CLOEXEC) || pipe(alive)) return 0;
  pid_t child = fork();
  if (child == 0) {
    close(ready[0]);
    close(alive[1]);
    /* Orphaned at once: the app has no child that it knows nothing of. */
    if (fork() == 0) serve(ready[1]);
    _exit(0);
  }
  close(ready[1]);
  close(alive[0]);
  waitpid(child, NULL, 0);
  int mounted = read(ready[0], &byte, 1) == 1;
  close(ready[0]);
  if (!mounted) close(alive[1]);
  return mounted;
}

/* ---- the start ---- */

static void start(char **argv) {
  char program[PATH_MAX + 8];
  snprintf(program, sizeof program, "%s/AppRun", dir);
  setenv("APPIMAGE", image, 1);
  setenv("APPDIR", dir, 1);
  setenv("ARGV0", argv[0], 1);
  execv(program, argv);
  fail(program);
}

static pid_t running;
static void pass_on(int number) { kill(running, number); }

/* Starts the app from an unpacked image, which is removed after it. */
static int run_unpacked(char **argv) {
  int status = 0;
  unpack(dir);
  running = fork();
  if (running == 0) start(argv);
  signal(SIGINT, pass_on);
  signal(SIGTERM, pass_on);
  signal(SIGHUP, pass_on);
  while (waitpid(running, &status, 0) < 0 && errno == EINTR) continue;
  nftw(dir, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int main(int argc, char **argv) {
  const char *option = argc > 1 ? argv[1] : "";
  int unpacked = getenv("APPIMAGE_EXTRACT_AND_RUN") != NULL;
  if (!realpath("/proc/self/exe", image)) fail("the AppImage is not found");
  if (strcmp(option, "--appimage-offset") == 0) return printf("%zu\n", image_offset()) < 0;
  if (strcmp(option, "--appimage-help") == 0) {
    puts("--appimage-extract          unpacks the app into ./squashfs-root\n"
         "--appimage-extract-and-run  starts it from a temporary folder, without FUSE\n"
         "--appimage-offset           tells where the image begins");
    return 0;
  }
  if (strcmp(option, "--appimage-extract") == 0) {
    if (mkdir("squashfs-root", 0755)) fail("squashfs-root");
    unpack("squashfs-root");
    return 0;
  }
  if (strcmp(option, "--appimage-extract-and-run") == 0) {
    unpacked = 1;
    argv[1] = argv[0];
    argv++;
  }
  make_dir();
  if (!unpacked && mount_image()) start(argv);
  return run_unpacked(argv);
}
